// What the catalog says must lie in an archive: for `check` and for repair. Blocks on disk like Reader.
#pragma once

#include "base/result.h"
#include "catalog/types/item.h"

#include <QSet>
#include <QStringList>
#include <functional>
#include <optional>

namespace gatehouse::db
{
class Connection;
}

namespace gatehouse::catalog
{

// One file that a row stands for.
struct ExpectedFile {
    ItemId item;
    QString archive; // id of the archive folder
    QString relativePath;
    qint64 bytes = 0;
    QByteArray sha256;
};

// Who sent what lies in a folder of the archive.
struct Sender {
    AccountId account;
    QString cameraKey; // may be empty
};

class FileList
{
public:
    static Result<std::unique_ptr<FileList>> open(const QString &databasePath);
    ~FileList();

    // Corrupt: the database itself is damaged. Both read all of it; Everything holds the indexes against
    // their tables, too, which takes several times as long.
    enum class Verify { Pages, Everything };
    // Cancelled: `stop` said so; it is asked every few milliseconds.
    Result<void> verify(Verify what, const std::function<bool()> &stop = {});
    // In the order of their ids, after `after`.
    Result<QVector<ExpectedFile>> next(ItemId after, int limit);
    // Which of the items (of archive files) have a row or are about to be unlinked, with their paths.
    Result<QSet<QString>> pathsOf(const QVector<ItemId> &items);
    // The file itself with its row; none.
    Result<std::optional<ExpectedFile>> fileOf(ItemId item);
    // Whose files lie below this folder of an archive, by one that arrived near `item`; none: nobody's.
    Result<std::optional<Sender>> senderInto(const QString &cameraFolder, ItemId item);
    // When the newest row's file arrived, UTC ms; 0: there is none.
    Result<qint64> newestArrival();

private:
    explicit FileList(std::unique_ptr<db::Connection> connection);
    std::unique_ptr<db::Connection> m_connection;
};

} // namespace gatehouse::catalog
