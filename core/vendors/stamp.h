// Dates as names write them, and the times that follow: in one run of digits, with signs, with letters for
// the units, with the month's name, since 1970. A number may have several readings; path_time.h decides.
// Pure: any thread.
#pragma once

#include "vendors/clock.h"

#include <QDateTime>
#include <optional>

namespace gatehouse::vendors
{

struct Reading {
    QDate date;
    QTime time = QTime(0, 0);
    Precision precision = Precision::Day;
    bool isShort = false; // two digits for the year

    // As if in UTC: the name has no zone, and this keeps the PC's zone from shifting it.
    [[nodiscard]] QDateTime local() const { return {date, time, Qt::UTC}; }
};

// A date, with the time of day that follows it: tokens [first, next).
struct Stamp {
    int first = 0;
    int next = 0;
    QVarLengthArray<Reading, 4> readings; // the likeliest first; empty: `epoch`
    qint64 epoch = 0;                     // UTC ms
    std::optional<int> utcOffset;         // s, if the name says it: "Z", "+0200"
    std::optional<Reading> end;           // in the same run of 28 digits
    bool isOrdinal = false;               // "2026-071": the number of a day in its year, or any number

    [[nodiscard]] bool isEpoch() const { return readings.isEmpty(); }
    [[nodiscard]] bool hasTime() const { return !isEpoch() && readings.front().precision != Precision::Day; }
    // The year has four digits: no mere number looks like it.
    [[nodiscard]] bool isSure() const { return !isEpoch() && !readings.front().isShort; }
    // Who writes "am" and "pm" writes the month first.
    void putMonthFirst();
    // The reading nearest to `reference` (UTC ms; 0: unknown). One with a two-digit year has to be within two
    // months of it to win over one with four digits, and the future is unlikely.
    [[nodiscard]] const Reading &best(qint64 reference) const;
};

std::optional<Stamp> stampAt(const Tokens &tokens, int i);

} // namespace gatehouse::vendors
