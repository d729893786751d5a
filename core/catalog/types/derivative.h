// A file made from an item: it can be made again and lies in the cache folder. Values: any thread.
#pragma once

#include "base/ids.h"

#include <QString>
#include <QVector>

namespace gatehouse::catalog
{

// Numbers are stored.
enum class DerivativeKind { Poster = 0, LowRes = 1, Preview = 2, Remux = 3 };
enum class DerivativeState {
    Made = 0,
    Unwanted = 1,   // its file is to be deleted
    Asked = 2,      // made, and somebody has asked for it
    Impossible = 3, // no file: another attempt would fail, too
};

struct Derivative {
    ItemId item;
    DerivativeKind kind = DerivativeKind::Poster;
    qint64 bytes = 0; // 0: unknown
    QString path;     // relative to the cache folder

    friend bool operator==(const Derivative &, const Derivative &) = default;
};

} // namespace gatehouse::catalog
