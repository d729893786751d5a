// Parses and formats ISO 8601. Instants are UTC milliseconds since 1970.
#pragma once

#include <QString>
#include <QTimeZone>
#include <optional>

namespace gatehouse
{

// "2026-11-21T14:03:22.480Z"
QString toIsoUtc(qint64 ms);
// "2026-11-21T15:03:22+01:00": to the second, in `zone`, always with the offset. fromIso() reads it back.
QString toIsoIn(const QTimeZone &zone, qint64 ms);

// Accepts "2026-11-21", "2026-11-21T14:03", "2026-11-21T14:03:22.480", each with or without "Z" or an offset;
// without one, the text is local time in `zone`.
std::optional<qint64> fromIso(const QString &text, const QTimeZone &zone);

} // namespace gatehouse
