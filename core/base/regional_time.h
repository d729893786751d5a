// Dates and times as people read them: in the language of the texts, on the clock (12 or 24 hours), in the
// order and with the first day of the week of the region that LC_TIME names. What programs read is in
// base/iso_time.h. Reading: any thread. setRegion(): before other threads exist.
#pragma once

#include <QDate>
#include <QLocale>
#include <QString>
#include <QTime>

namespace gatehouse
{

// The language of every text, whatever the system's: English until a translation is complete. For the numbers
// in them, main() makes it the default QLocale.
QLocale textLocale();

struct Region {
    bool isTwelveHour = false; // 2:03 PM instead of 14:03
    bool isMonthFirst = false; // Jun 12 instead of 12 Jun
    Qt::DayOfWeek firstDay = Qt::Monday;

    // What QLocale::system() takes from LC_TIME.
    static Region of(const QLocale &system);
    bool operator==(const Region &) const = default;
};

const Region &region();
void setRegion(const Region &wanted);

// The days of a week, in the region's order.
QVector<Qt::DayOfWeek> daysOfWeek();

enum class TimeStyle {
    Hour,   // 14      2 PM
    Minute, // 14:03   2:03 PM
    Second, // 14:03:22
    Tenth,  // 14:03:22.4
};
QString timeText(QTime time, TimeStyle style);
// "PM", or nothing on a clock of 24 hours, where the digits say it all.
QString halfOfDayText(QTime time);
// timeText() without that.
QString timeDigits(QTime time, TimeStyle style);

enum class DateStyle {
    Weekday,        // Fri
    WeekdayDay,     // Fri 12
    DayMonth,       // 12 Jun              Jun 12
    DayMonthYear,   // 12 Jun 2026         Jun 12, 2026
    Full,           // Fri 12 June         Fri June 12
    FullWithYear,   // Fri 12 Jun 2026     Fri Jun 12, 2026
    Month,          // June
    ShortMonthYear, // Jun 2026
    MonthYear,      // June 2026
    Year,
};
QString dateText(QDate date, DateStyle style);

} // namespace gatehouse
