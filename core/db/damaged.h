// Reads what is left of a damaged database: by SQL from both ends of a table up to where it is broken, and
// beyond that from the pages themselves, which need neither the header nor the schema nor the pages above
// them. Works on a copy, so that nothing here touches the only original. Blocks on disk; one thread.
#pragma once

#include "base/result.h"
#include "db/row.h"

#include <QByteArrayList>
#include <QFile>
#include <functional>
#include <memory>
#include <optional>

struct sqlite3;

namespace gatehouse::db
{

// Copies a database that nobody has open, with what its log holds committed. Full, Denied, Unavailable.
Result<void> copyWithLog(const QString &from, const QString &to);

class DamagedDatabase
{
public:
    // A copy as copyWithLog() makes it. Unavailable: the file itself cannot be read.
    static Result<std::unique_ptr<DamagedDatabase>> open(const QString &copy);
    ~DamagedDatabase();

    // PRAGMA user_version; none: SQL reads nothing here.
    [[nodiscard]] std::optional<int> version() const { return m_version; }

    // Every page is in its place and reads as what it should be.
    [[nodiscard]] bool isStructureSound() const { return m_isStructureSound; }

    using TakeRow = std::function<void(const Row &)>;
    // What "SELECT <what>" in this order reads forwards and, where that breaks off, backwards from the end.
    // False: it broke off, and there may be more.
    bool query(const QByteArray &what, const QByteArrayList &order, const TakeRow &row);
    // Every row of every page that holds rows of a table with rowids; which table is not known. The value of
    // an INTEGER PRIMARY KEY is none, as SQLite stores it. What was deleted is not among them: it is
    // overwritten (secure_delete). True: no page but the first, which has none of them, can have held more.
    bool pages(const TakeRow &row);

private:
    DamagedDatabase() = default;
    bool oneWay(const QByteArray &sql, const TakeRow &row);

    QFile m_file;
    sqlite3 *m_handle = nullptr;
    std::optional<int> m_version;
    bool m_isStructureSound = false;
};

} // namespace gatehouse::db
