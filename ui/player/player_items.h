// What the player asks the catalog: the item with an id, the item at a time, the clip that follows.
// Answers arrive as futures; nothing blocks. GUI thread.
#pragma once

#include "catalog/reader_pool.h"

namespace gatehouse::player
{

struct FoundItem {
    std::optional<catalog::Item> item; // none: nothing recorded there
    QString cameraName;
    QString deletedFor = {}; // why what was recorded there is gone; empty: nothing was deleted
};

QFuture<Result<FoundItem>> findItem(catalog::ReaderPool &reader, CameraId camera, ItemId item);
// The clip that runs at `time` (UTC ms), else the still or clip nearest to it within a second.
QFuture<Result<FoundItem>> findItemAt(catalog::ReaderPool &reader, CameraId camera, qint64 time);
// The next clip of the same camera; overlapping ones in the order of their start.
QFuture<Result<std::optional<catalog::Item>>> findNextClip(catalog::ReaderPool &reader,
                                                           const catalog::Item &after);

} // namespace gatehouse::player
