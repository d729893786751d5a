// From the metadata of a path to a new item: the bridge between vendors and catalog. Pure.
#pragma once

#include "catalog/types/item.h"
#include "vendors/path_metadata.h"

#include <QTimeZone>

namespace gatehouse::ingest
{

// Everything a remote path says of an item; ids, bytes and places are left to the caller.
// A time of day without a date is given the date that puts it closest before `received` (UTC ms), in
// `zone`: "23.59.59-00.00.30" arriving at 00:01 is yesterday's.
catalog::NewItem toNewItem(const vendors::PathMetadata &metadata, const QString &sourcePath, qint64 received,
                           const QTimeZone &zone);

// The archive's folder for a camera: the account's name, and what tells its cameras apart.
QString archiveFolder(const QString &user, const vendors::PathMetadata &metadata);

} // namespace gatehouse::ingest
