// Finds the account that owns an orphaned file: from its journal line, otherwise from its folder. Creates the
// account if the catalog lost it. Caches results, so use an object only briefly. Blocks: on the repair
// thread.
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
    QString cameraKey;      // as resolving a camera expects it
    QString cameraName;     // for a newly created camera
    bool isGuessed = false; // not confirmed by any row: once this file has its row, it is
};

class FileOwners
{
public:
    FileOwners(catalog::FileList &list, catalog::Writer &writer) : m_list(list), m_writer(writer) {}

    // `metadata`: of the file's source path, as far as it is known.
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
