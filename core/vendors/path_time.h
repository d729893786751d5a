// Reads the time out of a path: what is a date, a time, a start, an end, and what merely a counter or an
// address follows from what the numbers are, where they stand and what the folders above say. Pure: any
// thread.
#pragma once

#include "vendors/tokens.h"

#include <QDateTime>
#include <optional>

namespace gatehouse::vendors
{

// At most one of local, date, time and pastHour is set; see path_metadata.h.
struct PathTime {
    QDateTime local;
    QDate date;
    QTime time;
    std::optional<qint64> pastHour;
    qint64 utc = 0;
    qint64 duration = 0;
    bool isUtc = false;
    std::optional<bool> isSummerTime;

    int nameFirst = -1;   // the first token of the name that belongs to the time; -1: none
    int nameNext = -1;    // the token after the last one
    int dateSegment = -1; // of the date; -1: none

    [[nodiscard]] QDate day() const { return local.isValid() ? local.date() : date; }
};

// Gives roles to the tokens it understands. `reference` (UTC ms; 0: unknown): when the file arrived or was
// modified, for numbers with several readings.
PathTime readTime(Tokens &tokens, qint64 reference);

} // namespace gatehouse::vendors
