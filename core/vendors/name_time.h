// Combines the digits that a pattern captured into a time: complete, without a date, without a time of day,
// or a Unix time; plus a length if the name contains its end. Pure: any thread.
#pragma once

#include "vendors/path_metadata.h"

namespace gatehouse::vendors
{

// As written, with separators; empty if the pattern has no such capture.
struct TimeParts {
    QString date;      // YYYYMMDD, optionally followed by hhmmss and fractions of a second
    QString shortDate; // the same with a two-digit year (20xx)
    QString dmy;       // DDMMYYYY
    QString mdy;       // MMDDYYYY
    QString clock;     // hhmmss and fractions; follows the date if there is one
    QString unixTime;  // 10 digits: seconds, 13: milliseconds
    QString end;       // hhmmss, or date and time
    QString seconds;   // length
};

enum class TimeFit { None, Good, Wrong }; // Wrong: there are digits, but not a valid time

// Sets local, time, date, utc and duration of `metadata`.
TimeFit setTime(const TimeParts &parts, PathMetadata &metadata);

} // namespace gatehouse::vendors
