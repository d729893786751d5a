// Times of day as names write them: "131205", "13-12-05.250", "13h12m05s", "1.12.05 PM"; and what may stand
// between the numbers of dates and times. Pure: any thread.
#pragma once

#include "vendors/tokens.h"

#include <QTime>
#include <initializer_list>
#include <optional>

namespace gatehouse::vendors
{

enum class Precision { Day, Hour, Minute, Second };

// A time of day: tokens [first, next).
struct Clock {
    int first = 0;
    int next = 0;
    QTime time;
    Precision precision = Precision::Second;
    bool isBare = false;   // mere digits, which may be a counter
    bool isTwelve = false; // with "am" or "pm"
};

// `afterDate`: directly after a date, where fewer signs suffice.
std::optional<Clock> clockAt(const Tokens &tokens, int i, bool afterDate);

// "20150012" below a day's folder: hours, minutes, seconds, and hundredths or a counter. Four zeros begin a
// mere counter.
std::optional<Clock> clockBelowDayAt(const Tokens &tokens, int i);

// Minutes and seconds with their letters and no hour, "47M05S": ms past the hour.
struct PastHour {
    int next = 0;
    qint64 ms = 0;
};
std::optional<PastHour> pastHourAt(const Tokens &tokens, int i);

// From one number to the next: the sign between them, 'u' for the letter of a unit, 0 for anything else.
struct Link {
    int next = -1;
    char16_t sign = 0;
};
Link linkAfterHours(const Tokens &tokens, int i);
Link linkAfterMinutes(const Tokens &tokens, int i);

// Of digits: hhmm, hhmmss or hhmmss with thousandths.
QTime timeOf(QStringView digits);
// One of these words, in lower case, is token `i`.
bool isWord(const Tokens &tokens, int i, std::initializer_list<QStringView> words);
// A sign as dates and times have it; "/" is none.
bool isPlainSign(QChar c);
// No letters follow that make the number a part of something else, such as a serial: "081530" but not
// "08153A".
bool endsCleanly(const Tokens &tokens, int i);

} // namespace gatehouse::vendors
