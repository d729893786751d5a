// Windows-1252: Latin-1 with letters in place of the control characters 0x80 to 0x9f, which is what old
// cameras mean when they do not write UTF-8. Any thread.
#pragma once

#include <QByteArray>
#include <QString>
#include <array>

namespace gatehouse
{

inline constexpr unsigned char kFirstWindowsByte = 0x80;
// 0x80 to 0x9f; the five unassigned codes become question marks.
inline constexpr std::array<char16_t, 32> kWindowsLetters = {
    0x20ac, u'?',   0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, u'?',   0x017d, u'?',   u'?',   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, u'?',   0x017e, 0x0178};

QString fromWindows1252(const QByteArray &bytes);

} // namespace gatehouse
