// Times, spans and counts in the words of the look: "4 min ago", "3 min 40 s", "2 clips"; sizes are in
// base/size_text.h. Instants are UTC ms and shown in the PC's zone, as base/regional_time.h writes them;
// spans are ms. Any thread.
#pragma once

#include <QDate>
#include <QString>

namespace gatehouse::widgets
{

QString ageText(qint64 then, qint64 now);
QString spanText(qint64 ms);
QString clockText(qint64 ms);  // 14:03:22, 2:03:22 PM
QString minuteText(qint64 ms); // 14:03
QString sinceText(qint64 ms);  // 14:03, or "Fri 14:03" if that was not today
QString dayText(QDate day);    // Fri 12 June, with the year if it is not this one
QString dayText(qint64 ms);
// The prefix that makes the day of a time clear: empty for today, "Fri" within the last days, otherwise "12
// Jun", or "12 Jun 2024" if the year could be ambiguous.
QString dayMarkText(qint64 ms, QDate today = QDate::currentDate());
QString clipsText(int count);
QString picturesText(int count);
QString countsText(int clips, int pictures); // "2 clips, 5 pictures"; empty if there are neither

} // namespace gatehouse::widgets
