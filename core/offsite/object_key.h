// Where an object is in the bucket, and what it says about itself. Keys depend only on the item, so that a
// new run, or a rebuilt catalog, finds what is there; a person can read them. Pure; any thread.
#pragma once

#include "base/result.h"
#include "catalog/types/item.h"
#include "offsite/part.h"

#include <QMap>

namespace gatehouse::offsite
{

// What of a name is safe in a key, in a URL and on a file system: letters and digits of any script, '-', '_'
// and '.', but not at its ends; everything else becomes '_'. At most `maxBytes` of UTF-8; never empty.
QString safeName(const QString &name, int maxBytes);

// "<prefix>/<site>/", or "<site>/". Invalid names the field: "prefix" or "site".
Result<QString> rootOf(const QString &prefix, const QString &site);

// <root>cameras/<camera>/2026/11/21/140322-Front_Door_00-<item id>.mp4, in UTC; ".low.mp4" and ".poster.jpg"
// for what is made from it.
QString objectKey(const QString &root, const QString &camera, const catalog::Item &item, Part part);

// sha256, item, part, camera, captured, received and name: printable ASCII, at most 2 kB in all. sha256 is of
// the object (32 bytes).
QMap<QByteArray, QByteArray> metadataOf(const catalog::Item &item, const QString &camera, Part part,
                                        const QByteArray &sha256);

// By the key's ending: "video/mp4".
QByteArray contentTypeOf(const QString &key);

} // namespace gatehouse::offsite
