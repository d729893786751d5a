// Puts the digits that a pattern captured together into a time: whole, without a date, without a time
// of day, or a Unix time; and a length where the name tells its end. Pure: any thread.
#pragma once

#include "vendors/path_metadata.h"

namespace gatehouse::vendors
{

// As written, separators and all; empty where the pattern has no such capture.
struct TimeParts {
    QString date;      // YYYYMMDD and, if it goes on, hhmmss and fractions of a second
    QString shortDate; // the same with two digits for the year (20xx)
    QString dmy;       // DDMMYYYY
    QString mdy;       // MMDDYYYY
    QString clock;     // hhmmss and fractions; continues the date where there is one
    QString unixTime;  // 10 digits: seconds, 13: milliseconds
    QString end;       // hhmmss, or date and time
    QString seconds;   // length
};

enum class TimeFit { None, Good, Wrong }; // Wrong: there are digits, but they are no time

// Sets local, time, date, utc and duration of `metadata`.
TimeFit setTime(const TimeParts &parts, PathMetadata &metadata);

} // namespace gatehouse::vendors
