// Whose files of the archive are that have no row: by their lines in the journal, else by the folders they
// lie in. Makes the account where the catalog lost it. What was found out is remembered, so an object serves
// for a short while only. Blocks: on the repair's thread.
#pragma once

#include "archive/repair.h"
#include "catalog/types/file_list.h"
#include "catalog/writer.h"
#include "vendors/path_metadata.h"

#include <QHash>

namespace gatehouse::ingest
{

struct FileOwner {
    AccountId account;
    QString cameraKey;      // as resolving a camera takes them
    QString cameraName;     // for one made now
    bool isGuessed = false; // nobody's rows said so: once this file has its row, they do
};

class FileOwners
{
public:
    FileOwners(catalog::FileList &list, catalog::Writer &writer) : m_list(list), m_writer(writer) {}

    // `metadata`: of the file's source path, as far as that is known.
    Result<FileOwner> ownerOf(const archive::Orphan &file, const vendors::PathMetadata &metadata);

private:
    Result<AccountId> known(const QString &user);
    Result<AccountId> knownOrMade(const QString &user, const QString &cameraName);
    Result<AccountId> accountOfFolder(const QString &folder, QString &user);
    Result<FileOwner> ownerOfFolder(const QString &folder, const vendors::PathMetadata &metadata);
    Result<std::optional<catalog::Sender>> senderInto(const archive::Placement &placement);

    catalog::FileList &m_list;
    catalog::Writer &m_writer;
    QHash<QString, AccountId> m_accounts;      // by user
    QHash<QString, catalog::Sender> m_senders; // by folder
};

} // namespace gatehouse::ingest
