// Turns the metadata of a path into a new item: the bridge between vendors and catalog. Pure.
#pragma once

#include "catalog/types/item.h"
#include "vendors/path_metadata.h"

#include <QTimeZone>

namespace gatehouse::ingest
{

// Everything that a remote path reveals about an item; the caller adds ids, bytes and places. A time of day
// without a date gets the date that puts it closest before `received` (UTC ms), in `zone`:
// "23.59.59-00.00.30" arriving at 00:01 is from yesterday. Minutes and seconds alone get the hour likewise.
catalog::NewItem toNewItem(const vendors::PathMetadata &metadata, const QString &sourcePath, qint64 received,
                           const QTimeZone &zone);

// The archive's folder for a camera: the account's name, plus what distinguishes its cameras.
QString archiveFolder(const QString &user, const vendors::PathMetadata &metadata);

} // namespace gatehouse::ingest
