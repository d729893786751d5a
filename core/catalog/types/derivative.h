// A file made from an item: it can be made again and lies in the cache folder. Values: any thread.
#pragma once

#include "base/ids.h"

#include <QString>
#include <QVector>

namespace gatehouse::catalog
{

// Numbers are stored.
enum class DerivativeKind { Poster = 0 };
enum class DerivativeState { Made = 0, Unwanted = 1 };

struct Derivative {
    ItemId item;
    DerivativeKind kind = DerivativeKind::Poster;
    qint64 bytes = 0; // 0: unknown
    QString path;     // relative to the cache folder

    friend bool operator==(const Derivative &, const Derivative &) = default;
};

} // namespace gatehouse::catalog
