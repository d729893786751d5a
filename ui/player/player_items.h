// The player's catalog queries: an item by id, the item at a time, the next clip, and the low-res copies of
// clips. Results arrive as futures; nothing blocks. GUI thread.
#pragma once

#include "catalog/reader_pool.h"

namespace gatehouse::player
{

struct FoundItem {
    std::optional<catalog::Item> item; // none: nothing recorded there
    QString cameraName;
    QString lowResCopy = {}; // path of its low-res copy; empty: there is none
    QString deletedFor = {}; // why a recording there was deleted; empty: nothing was
};

struct NextClip {
    catalog::Item item;
    QString lowResCopy; // as above
};

// Low-res copies are looked for below `cacheFolder`.
QFuture<Result<FoundItem>> findItem(catalog::ReaderPool &reader, const QString &cacheFolder, CameraId camera,
                                    ItemId item);
// The clip that runs at `time` (UTC ms), otherwise the still or clip closest to it within a second.
QFuture<Result<FoundItem>> findItemAt(catalog::ReaderPool &reader, const QString &cacheFolder,
                                      CameraId camera, qint64 time);
// The next clip of the same camera; overlapping ones in order of start.
QFuture<Result<std::optional<NextClip>>> findNextClip(catalog::ReaderPool &reader, const QString &cacheFolder,
                                                      const catalog::Item &after);

} // namespace gatehouse::player
