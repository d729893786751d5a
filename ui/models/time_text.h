// Formats times, days and spans for the timeline and its toolbar. Times: UTC ms, shown in the given zone as
// base/regional_time.h writes them. Any thread.
#pragma once

#include "base/time_range.h"

#include <QDate>
#include <QString>
#include <QTimeZone>

namespace gatehouse::models
{

QDateTime localTime(qint64 t, const QTimeZone &zone);
// From midnight to midnight: 23 h or 25 h long on the days of a clock change.
TimeRange dayRange(QDate day, const QTimeZone &zone);

QString clockText(qint64 t, const QTimeZone &zone);        // "13:52:18"
QString tenthsText(qint64 t, const QTimeZone &zone);       // "13:52:18.4"
QString rangeText(TimeRange range, const QTimeZone &zone); // "13:05 to 14:10", "12 June to 3 July"
QString spanText(qint64 ms);                               // "40 s", "65 min", "24 h", "9 days", "14 months"

} // namespace gatehouse::models
