#include "vendors/stamp.h"

#include <array>
#include <cstdlib>

namespace gatehouse::vendors
{

namespace
{

constexpr int kFirstYear = 1970;
constexpr int kLastYear = 2099;
constexpr int kLastShortYear = 49;  // 2049
constexpr int kResetShortYear = 70; // the clock was never set
constexpr qint64 kDayLength = 86'400'000;
constexpr qint64 kNear = 62 * kDayLength;
constexpr qint64 kAhead = 2 * kDayLength; // further ahead of arrival than this is unlikely

// --- numbers

QDate dateOf(int year, int month, int day)
{
    return year < kFirstYear || year > kLastYear ? QDate() : QDate(year, month, day);
}

QDate shortYearDate(int year, int month, int day)
{
    if (year == kResetShortYear)
        return dateOf(1970, month, day);
    return year > kLastShortYear ? QDate() : dateOf(2000 + year, month, day);
}

int two(QStringView digits, qsizetype at)
{
    return valueOf(digits.mid(at, 2));
}

QDate yearFirst(QStringView d)
{
    return dateOf(valueOf(d.left(4)), two(d, 4), two(d, 6));
}

QDate dayFirst(QStringView d)
{
    return dateOf(valueOf(d.mid(4, 4)), two(d, 2), two(d, 0));
}

QDate monthFirst(QStringView d)
{
    return dateOf(valueOf(d.mid(4, 4)), two(d, 0), two(d, 2));
}

QDate shortYearFirst(QStringView d)
{
    return shortYearDate(two(d, 0), two(d, 2), two(d, 4));
}

void addReading(Stamp &stamp, QDate date, QTime time = QTime(0, 0), Precision precision = Precision::Day,
                bool isShort = false)
{
    if (date.isValid() && time.isValid() && stamp.readings.size() < 4)
        stamp.readings.append({date, time, precision, isShort});
}

// Where the time of day begins after a date whose last token is `last`; -1: nowhere.
int clockAfter(const Tokens &tokens, int last)
{
    int slashes = 0;
    int i = last;
    for (int skipped = 0; skipped < 3; ++skipped) {
        const QStringView signs = tokens.signsAfter(i);
        slashes += int(signs.count(QLatin1Char('/')));
        const bool joins = signs.size() <= 4 && std::all_of(signs.cbegin(), signs.cend(), [](QChar c) {
                               return QStringView(u"-_.: /@,+~()[]#").contains(c);
                           });
        if (!joins || slashes > 1 || ++i >= tokens.count())
            return -1;
        if (tokens[i].isNumber)
            return i;
        if (!isWord(tokens, i, {u"t", u"at", u"d", u"日"}))
            return -1;
    }
    return -1;
}

// --- dates in one run of digits

// With a channel's digits before it.
bool readAfterChannel(QStringView d, Stamp &stamp)
{
    const qsizetype at = d.size() - 14;
    if (at < 1 || at > 3 || d.mid(at, 2) != QLatin1String("20"))
        return false;
    addReading(stamp, yearFirst(d.mid(at)), timeOf(d.mid(at + 8, 6)), Precision::Second);
    return !stamp.readings.isEmpty();
}

void readRun(QStringView d, Stamp &stamp)
{
    const qsizetype size = d.size();
    if (size == 8) {
        addReading(stamp, yearFirst(d));
        addReading(stamp, dayFirst(d));
        addReading(stamp, monthFirst(d));
    } else if (size == 10) {
        addReading(stamp, yearFirst(d), QTime(two(d, 8), 0), Precision::Hour);
        addReading(stamp, shortYearFirst(d), timeOf(d.mid(6)), Precision::Minute, true);
    } else if (size == 12) {
        addReading(stamp, yearFirst(d), timeOf(d.mid(8)), Precision::Minute);
        addReading(stamp, shortYearFirst(d), timeOf(d.mid(6)), Precision::Second, true);
        addReading(stamp, dayFirst(d), timeOf(d.mid(8)), Precision::Minute);
        addReading(stamp, monthFirst(d), timeOf(d.mid(8)), Precision::Minute);
    } else if (size >= 14) {
        const bool hasThousandths = size >= 17 && size <= 20;
        addReading(stamp, yearFirst(d), timeOf(d.mid(8, hasThousandths ? 9 : 6)), Precision::Second);
        if (size <= 16)
            addReading(stamp, shortYearFirst(d), timeOf(d.mid(6, 6)), Precision::Second, true);
        if (size == 14) {
            addReading(stamp, dayFirst(d), timeOf(d.mid(8)), Precision::Second);
            addReading(stamp, monthFirst(d), timeOf(d.mid(8)), Precision::Second);
        }
        if (stamp.readings.isEmpty())
            readAfterChannel(d, stamp);
        const QDate second = size == 28 ? yearFirst(d.mid(14)) : QDate();
        if (second.isValid() && timeOf(d.mid(22)).isValid())
            stamp.end = Reading{second, timeOf(d.mid(22)), Precision::Second};
    }
}

// Seconds, thousandths or millionths since 1970, from 2001 to 2033.
bool readEpoch(const Tokens &tokens, int i, Stamp &stamp)
{
    const QStringView d = tokens.text(i);
    if (d[0] != QLatin1Char('1') || (d.size() != 10 && d.size() != 13 && d.size() != 16) ||
        !endsCleanly(tokens, i))
        return false;
    stamp.epoch = d.left(13).toLongLong() * (d.size() == 10 ? 1000 : 1);
    // "1689425525.123456"
    if (d.size() == 10 && i + 1 < tokens.count() && tokens[i + 1].isNumber && tokens[i + 1].size() >= 3 &&
        tokens.signsAfter(i) == QLatin1String(".")) {
        stamp.epoch += tokens.value(i + 1, 0, 3);
        ++stamp.next;
    }
    return true;
}

// --- dates of several numbers

// In English, or by its first letters in some other languages.
int monthNamed(QStringView text)
{
    static constexpr std::array kMonths = {u"january",   u"february", u"march",    u"april",
                                           u"may",       u"june",     u"july",     u"august",
                                           u"september", u"october",  u"november", u"december"};
    static constexpr std::array kOthers = {
        std::pair(u"mär", 3),  std::pair(u"mrz", 3), std::pair(u"mai", 5), std::pair(u"okt", 10),
        std::pair(u"dez", 12), std::pair(u"fév", 2), std::pair(u"avr", 4), std::pair(u"aoû", 8),
        std::pair(u"déc", 12), std::pair(u"ene", 1), std::pair(u"abr", 4), std::pair(u"ago", 8),
        std::pair(u"dic", 12), std::pair(u"mei", 5), std::pair(u"mrt", 3)};
    if (text.size() < 3)
        return 0;
    for (size_t month = 0; month < kMonths.size(); ++month) {
        if (QStringView(kMonths[month]).startsWith(text))
            return int(month) + 1;
    }
    for (const auto &[letters, month] : kOthers) {
        if (text.size() <= 9 && text.startsWith(QStringView(letters)))
            return month;
    }
    return 0;
}

bool isClose(const Tokens &tokens, int i)
{
    return i + 1 < tokens.count() && tokens.signsAfter(i).size() <= 2;
}

int yearOf(const Tokens &tokens, int i)
{
    return tokens.value(i) + (tokens[i].size() == 2 ? 2000 : 0);
}

// "15-Jul-2026", "15Jul26", "2026Jul15", "Jul 15, 2026", "2026/July/15"
int readNamedMonth(const Tokens &tokens, int i, Stamp &stamp)
{
    if (i + 2 >= tokens.count() || !isClose(tokens, i) || !isClose(tokens, i + 1))
        return 0;
    if (!tokens[i].isNumber) {
        const int month = monthNamed(tokens.lower(i));
        if (month > 0 && tokens.isNumberUpTo(i + 1, 2) && tokens.isNumber(i + 2, 4))
            addReading(stamp, dateOf(tokens.value(i + 2), month, tokens.value(i + 1)));
    } else if (!tokens[i + 1].isNumber) {
        const int month = monthNamed(tokens.lower(i + 1));
        const bool isShort = tokens.isNumber(i + 2, 2) && !tokens.isNumber(i + 3, 4); // "7_Mar.01.2025"
        if (month > 0 && tokens.isNumberUpTo(i, 2) && (tokens.isNumber(i + 2, 4) || isShort))
            addReading(stamp, dateOf(yearOf(tokens, i + 2), month, tokens.value(i)));
        else if (month > 0 && tokens.isNumber(i, 4) && tokens.isNumberUpTo(i + 2, 2))
            addReading(stamp, dateOf(tokens.value(i), month, tokens.value(i + 2)));
    }
    return stamp.readings.isEmpty() ? 0 : 3;
}

// "2026Y07M15D", "2026年7月15日"
int readUnits(const Tokens &tokens, int i, Stamp &stamp)
{
    if (i + 4 >= tokens.count() || !tokens.isNumber(i, 4) || !isWord(tokens, i + 1, {u"y", u"年"}) ||
        !tokens.isNumberUpTo(i + 2, 2) || !isWord(tokens, i + 3, {u"m", u"月"}) ||
        !tokens.isNumberUpTo(i + 4, 2))
        return 0;
    addReading(stamp, dateOf(tokens.value(i), tokens.value(i + 2), tokens.value(i + 4)));
    return stamp.readings.isEmpty() ? 0 : 5;
}

// Two or three numbers with the same sign: "2026-07-15", "2026/0715", "15.07.2026".
int readSeparated(const Tokens &tokens, int i, Stamp &stamp)
{
    if (i + 1 >= tokens.count() || !tokens[i + 1].isNumber)
        return 0;
    const QStringView first = tokens.signsAfter(i);
    if (first.size() != 1 || !(isPlainSign(first[0]) || first[0] == QLatin1Char('/')))
        return 0;
    const bool isFolder = first[0] == QLatin1Char('/');
    if (first[0] != QLatin1Char(':') && first[0] != QLatin1Char('.') && first[0] != QLatin1Char(' ')) {
        if (tokens.isNumber(i, 4) && tokens.isNumber(i + 1, 4))
            addReading(stamp, dateOf(tokens.value(i), tokens.value(i + 1, 0, 2), tokens.value(i + 1, 2, 2)));
        else if (tokens.isNumber(i, 6) && tokens.isNumber(i + 1, 2) && isFolder)
            addReading(stamp, dateOf(tokens.value(i, 0, 4), tokens.value(i, 4, 2), tokens.value(i + 1)));
        if (!stamp.readings.isEmpty())
            return 2;
    }
    if (i + 2 >= tokens.count() || !tokens[i + 2].isNumber)
        return 0;
    // "2026-07/15" counts, too.
    const QStringView second = tokens.signsAfter(i + 1);
    const bool mixed = second == QLatin1String("/") || isFolder;
    if (second.size() != 1 ||
        (second != first && !(mixed && (second[0] == QLatin1Char('/') || isPlainSign(second[0])))))
        return 0;
    const bool singles = QStringView(u"-/_. ").contains(first[0]);
    const bool areFolders =
        tokens.isWholeSegment(i) && tokens.isWholeSegment(i + 1) && tokens.isWholeSegment(i + 2);
    const auto isPart = [&](int j) {
        return tokens.isNumber(j, 2) || (singles && tokens.isNumber(j, 1) && (!mixed || areFolders));
    };
    if (tokens.isNumber(i, 4) && isPart(i + 1) && isPart(i + 2)) {
        addReading(stamp, dateOf(tokens.value(i), tokens.value(i + 1), tokens.value(i + 2)));
    } else if (second == first && isPart(i) && isPart(i + 1) && tokens.isNumber(i + 2, 4)) {
        addReading(stamp, dateOf(tokens.value(i + 2), tokens.value(i + 1), tokens.value(i)));
        addReading(stamp, dateOf(tokens.value(i + 2), tokens.value(i), tokens.value(i + 1)));
    }
    return stamp.readings.isEmpty() ? 0 : 3;
}

// Two digits for the year count only with a time after them ("260715_131205", "26-07-15_13-12-05") or as a
// folder of their own.
int readShort(const Tokens &tokens, int i, Stamp &stamp)
{
    int taken = 1;
    std::array<int, 3> part{};
    if (tokens.isNumber(i, 6)) {
        part = {tokens.value(i, 0, 2), tokens.value(i, 2, 2), tokens.value(i, 4, 2)};
    } else if (tokens.isNumber(i, 2) && tokens.isNumber(i + 1, 2) && tokens.isNumber(i + 2, 2)) {
        const QStringView signs = tokens.signsAfter(i);
        if (signs.size() != 1 || tokens.signsAfter(i + 1) != signs || signs == QLatin1String(":") ||
            !(isPlainSign(signs[0]) || signs == QLatin1String("/")))
            return 0;
        taken = 3;
        part = {tokens.value(i), tokens.value(i + 1), tokens.value(i + 2)};
    } else {
        return 0;
    }
    const int last = i + taken - 1;
    const bool overFolders = taken == 3 && tokens[i].segment != tokens[last].segment;
    const int at = clockAfter(tokens, last);
    auto clock = at < 0 ? std::nullopt : clockAt(tokens, at, true);
    // "12.30.05-12.35.05": from when to when.
    if (clock && taken == 3 && !overFolders && tokens.signsAfter(i) == QLatin1String(".") &&
        tokens.signsAfter(last) == QLatin1String("-"))
        return 0;
    if (clock && clock->precision != Precision::Second)
        clock.reset();
    const Segment &segment = tokens.segment(tokens[i].segment);
    const bool isFolder =
        !tokens.isInName(last) && tokens[i].begin == segment.begin &&
        (taken == 1 ? tokens[i].end == segment.end : tokens[last].end == segment.end && !overFolders);
    if (!clock && !isFolder)
        return 0;
    const auto add = [&](int year, int month, int day) {
        addReading(stamp, shortYearDate(year, month, day), clock ? clock->time : QTime(0, 0),
                   clock ? Precision::Second : Precision::Day, true);
    };
    add(part[0], part[1], part[2]);
    if (!overFolders) { // folders go from the large to the small
        add(part[2], part[1], part[0]);
        add(part[2], part[0], part[1]);
    }
    if (stamp.readings.isEmpty())
        return 0;
    return clock ? clock->next - i : taken;
}

// "2026-071", "2026/071", "2026071", "2026071120000"
int readOrdinal(const Tokens &tokens, int i, Stamp &stamp)
{
    const bool isApart = tokens.isNumber(i, 4) && tokens.isNumber(i + 1, 3) &&
                         tokens.signsAfter(i).size() == 1 &&
                         QStringView(u"-_./").contains(tokens.signsAfter(i)[0]);
    const bool isWithTime = tokens.isNumber(i, 13);
    if ((!isApart && !isWithTime && !tokens.isNumber(i, 7)) || !endsCleanly(tokens, isApart ? i + 1 : i))
        return 0;
    const int year = tokens.value(i, 0, 4);
    const int day = isApart ? tokens.value(i + 1) : tokens.value(i, 4, 3);
    const QDate first = dateOf(year, 1, 1);
    if (!first.isValid() || day < 1 || day > first.daysInYear())
        return 0;
    addReading(stamp, first.addDays(day - 1), isWithTime ? timeOf(tokens.text(i).mid(7)) : QTime(0, 0),
               isWithTime ? Precision::Second : Precision::Day);
    stamp.isOrdinal = true;
    return isApart ? 2 : 1;
}

// --- what follows a date

void setClock(Stamp &stamp, const Clock &clock)
{
    for (Reading &reading : stamp.readings) {
        reading.time = clock.time;
        reading.precision = clock.precision;
    }
    if (clock.isTwelve)
        stamp.putMonthFirst();
    stamp.next = clock.next;
}

void attachClock(const Tokens &tokens, Stamp &stamp)
{
    const int i = clockAfter(tokens, stamp.next - 1);
    const auto clock = i < 0 ? std::nullopt : clockAt(tokens, i, true);
    if (!clock)
        return;
    // In the folder below a date's, mere digits may be anything; in a name they are a time if it is all of
    // it.
    const bool crosses = tokens[i].segment != tokens[stamp.next - 1].segment;
    if (crosses && clock->isBare && (!tokens.isInName(i) || clock->precision != Precision::Second))
        return;
    setClock(stamp, *clock);
}

// "2026071513/12-05", "2025060107/46M14S": the hour stands with the date.
void attachMinutes(const Tokens &tokens, Stamp &stamp)
{
    const int i = clockAfter(tokens, stamp.next - 1);
    if (i < 0)
        return;
    Clock clock{i, i + 1, {}, Precision::Minute};
    const int hour = stamp.readings.front().time.hour();
    if (tokens.isNumber(i, 4) && tokens.isInName(i)) {
        clock.time = QTime(hour, tokens.value(i, 0, 2), tokens.value(i, 2, 2));
        clock.precision = Precision::Second;
    } else if (tokens.isNumber(i, 2)) {
        const Link link = linkAfterMinutes(tokens, i);
        const bool hasSeconds = link.sign != 0 && tokens.isNumber(link.next, 2);
        clock.time = QTime(hour, tokens.value(i), hasSeconds ? tokens.value(link.next) : 0);
        if (hasSeconds) {
            clock.precision = Precision::Second;
            clock.next = link.next + 1;
        }
    }
    if (clock.time.isValid())
        setClock(stamp, clock);
}

// "Z", "UTC", "GMT+1", "UTC-5:30", "+0200", "+02:00"; "-0800" only after ISO's "T" or one of the words.
void takeOffset(const Tokens &tokens, Stamp &stamp, bool isIso)
{
    int i = stamp.next;
    if (i >= tokens.count() || tokens[i].segment != tokens[i - 1].segment)
        return;
    const bool isNamed = tokens.signsAfter(i - 1).size() <= 1 && isWord(tokens, i, {u"z", u"utc", u"gmt"});
    if (isNamed) {
        stamp.utcOffset = 0;
        stamp.next = ++i;
        if (i >= tokens.count() || tokens[i].segment != tokens[i - 1].segment)
            return;
    }
    const QStringView signs = tokens.signsAfter(i - 1);
    const bool isWest = (isIso || isNamed) && signs == QLatin1String("-");
    if (!isWest && signs != QLatin1String("+"))
        return;
    if (isNamed && tokens.isNumberUpTo(i, 2) && tokens.value(i) <= 14) {
        const bool hasMinutes = i + 1 < tokens.count() && tokens.signsAfter(i) == QLatin1String(":") &&
                                tokens.isNumber(i + 1, 2) && tokens.value(i + 1) < 60;
        const int seconds = tokens.value(i) * 3600 + (hasMinutes ? tokens.value(i + 1) * 60 : 0);
        stamp.utcOffset = isWest ? -seconds : seconds;
        stamp.next += hasMinutes ? 2 : 1;
        return;
    }
    const bool apart = tokens.isNumber(i, 2) && tokens.isNumber(i + 1, 2) &&
                       (!isWest || tokens.signsAfter(i) == QLatin1String(":"));
    if (!apart && !tokens.isNumber(i, 4))
        return;
    const int hours = tokens.value(i, 0, 2);
    const int minutes = apart ? tokens.value(i + 1) : tokens.value(i, 2, 2);
    if (hours > 14 || minutes > 45 || minutes % 15 != 0)
        return;
    stamp.utcOffset = (hours * 3600 + minutes * 60) * (isWest ? -1 : 1);
    stamp.next += apart ? 2 : 1;
}

bool readDate(const Tokens &tokens, int i, Stamp &stamp)
{
    if (!tokens[i].isNumber) {
        stamp.next += readNamedMonth(tokens, i, stamp);
        return !stamp.readings.isEmpty();
    }
    if (tokens[i].size() >= 8 && tokens[i].size() != 9 && tokens[i].size() <= 28) {
        if (readEpoch(tokens, i, stamp)) {
            ++stamp.next;
            return true;
        }
        readRun(tokens.text(i), stamp);
        if (!stamp.readings.isEmpty()) {
            ++stamp.next;
            return true;
        }
    }
    for (const auto read : {readUnits, readNamedMonth, readSeparated, readShort, readOrdinal}) {
        stamp.next += read(tokens, i, stamp);
        if (!stamp.readings.isEmpty())
            return true;
    }
    return false;
}

} // namespace

void Stamp::putMonthFirst()
{
    if (readings.size() > 1)
        std::swap(readings[0], readings[1]);
}

const Reading &Stamp::best(qint64 reference) const
{
    int found = 0;
    qint64 least = 0;
    for (int i = 0; reference != 0 && i < int(readings.size()); ++i) {
        const qint64 ahead = readings[i].local().toMSecsSinceEpoch() - reference;
        const qint64 away = std::abs(ahead) + (ahead > kAhead ? 366 * kDayLength : 0);
        const bool mayWin = readings[i].isShort == readings.front().isShort || away < kNear;
        if (i == 0 || (away < least && mayWin)) {
            found = i;
            least = away;
        }
    }
    // Two ways to read a short year are as good as one another only near the arrival.
    if (found > 0 && readings.front().isShort && least >= kNear)
        found = 0;
    return readings[found];
}

std::optional<Stamp> stampAt(const Tokens &tokens, int i)
{
    Stamp out;
    out.first = i;
    out.next = i;
    if (!readDate(tokens, i, out))
        return std::nullopt;
    if (out.isEpoch())
        return out;
    const int dateEnd = out.next;
    if (out.readings.front().precision == Precision::Day && out.isSure())
        attachClock(tokens, out);
    else if (out.readings.front().precision == Precision::Hour)
        attachMinutes(tokens, out);
    if (out.hasTime())
        takeOffset(tokens, out, dateEnd < out.next && isWord(tokens, dateEnd, {u"t"}));
    return out;
}

} // namespace gatehouse::vendors
