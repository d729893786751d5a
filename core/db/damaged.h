// Reads what is left of a damaged database: by SQL from both ends of a table up to the damage, and beyond
// that from the pages themselves, which needs neither header, schema nor parent pages. Works on a copy, so
// that the only original is never touched. Blocks on disk; one thread.
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

// Copies a database that nobody has open, with its log applied. Full, Denied, Unavailable.
Result<void> copyWithLog(const QString &from, const QString &to);

class DamagedDatabase
{
public:
    // A copy made by copyWithLog(). Unavailable: the file itself cannot be read.
    static Result<std::unique_ptr<DamagedDatabase>> open(const QString &copy);
    ~DamagedDatabase();

    // PRAGMA user_version; none: SQL cannot read anything.
    [[nodiscard]] std::optional<int> version() const { return m_version; }

    // Every page is where it should be and of the expected type.
    [[nodiscard]] bool isStructureSound() const { return m_isStructureSound; }

    using TakeRow = std::function<void(const Row &)>;
    // Reads "SELECT <what>" in this order, forwards and, if that fails, backwards from the end. False: it
    // failed midway, and there may be more.
    bool query(const QByteArray &what, const QByteArrayList &order, const TakeRow &row);
    // Every row of every page with rows of a rowid table; which table is unknown. An INTEGER PRIMARY KEY's
    // value is null, as SQLite stores it. Deleted rows are not among them: they are overwritten
    // (secure_delete). True: no page except the first, which has no such rows, can have contained more.
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
