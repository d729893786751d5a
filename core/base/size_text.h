// Sizes as people read them, everywhere: decimal units, as on the label of a disk: "512 B", "3.2 MB", "31
// GB". Any thread.
#pragma once

#include <QString>
#include <optional>

namespace gatehouse
{

inline constexpr qint64 kBytesPerGb = 1'000'000'000;

// One decimal below ten, none above, rounded; numbers as the locale writes them. Below 0 it is 0 B.
QString sizeText(qint64 bytes);

// The number of GB of a size that a person sets, to the MB: "10", "0.5", "10.737". Without the unit and
// without separators of thousands, as gbFrom() reads it.
QString gbText(qint64 bytes);
// In bytes; an empty optional: not a number.
std::optional<double> gbFrom(const QString &text);

} // namespace gatehouse
