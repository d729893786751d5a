// The files that an archive should contain according to the catalog: for `check` and for repair. Blocks on
// disk like Reader.
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

// The file of one row.
struct ExpectedFile {
    ItemId item;
    QString archive; // id of the archive folder
    QString relativePath;
    qint64 bytes = 0;
    QByteArray sha256;
};

// The sender of the files in an archive folder.
struct Sender {
    AccountId account;
    QString cameraKey; // may be empty
};

class FileList
{
public:
    static Result<std::unique_ptr<FileList>> open(const QString &databasePath);
    ~FileList();

    // Corrupt: the database itself is damaged. Both read all of it; Everything also checks the indexes
    // against their tables, which takes several times as long.
    enum class Verify { Pages, Everything };
    // Cancelled: stopped by `stop`, which is called every few milliseconds.
    Result<void> verify(Verify what, const std::function<bool()> &stop = {});
    // By id, after `after`.
    Result<QVector<ExpectedFile>> next(ItemId after, int limit);
    // Which of the items (of archive files) have a row or are about to be unlinked, with their paths.
    Result<QSet<QString>> pathsOf(const QVector<ItemId> &items);
    // An item's file, with its row; none.
    Result<std::optional<ExpectedFile>> fileOf(ItemId item);
    // The sender of files below this archive folder, from one that arrived near `item`; none: unknown.
    Result<std::optional<Sender>> senderInto(const QString &cameraFolder, ItemId item);
    // Arrival of the newest row's file, UTC ms; 0: no rows.
    Result<qint64> newestArrival();

private:
    explicit FileList(std::unique_ptr<db::Connection> connection);
    std::unique_ptr<db::Connection> m_connection;
};

} // namespace gatehouse::catalog
