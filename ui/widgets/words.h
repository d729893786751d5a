// Times, spans, sizes and counts in the words of the look: "4 min ago", "3 min 40 s", "1.6 TB",
// "2 clips". Instants are UTC ms and shown in the PC's zone; spans are ms; sizes are bytes.
// Any thread.
#pragma once

#include <QString>

namespace gatehouse::widgets
{

QString ageText(qint64 then, qint64 now);
QString spanText(qint64 ms);
QString sizeText(qint64 bytes);
QString clockText(qint64 ms);  // 14:03:22
QString minuteText(qint64 ms); // 14:03
QString dayText(qint64 ms);    // Fri 12 June
QString clipsText(int count);
QString picturesText(int count);
QString countsText(int clips, int pictures); // "2 clips, 5 pictures"; empty when there is neither

} // namespace gatehouse::widgets
