#include "vendors/path_time.h"

#include "vendors/address.h"
#include "vendors/stamp.h"

#include <array>
#include <cstdlib>

namespace gatehouse::vendors
{

namespace
{

constexpr qint64 kHour = 3'600'000;
constexpr qint64 kDay = 24 * kHour;
// Mere digits after a time are its end only if that makes a clip of ordinary length.
constexpr qint64 kMaxBareLength = 3 * kHour;
// Two times written in different ways: the first may be when the device started.
constexpr qint64 kMaxMixedLength = 2 * kHour;
constexpr qint64 kAboutThen = 62 * kDay;
constexpr qint64 kSameDays = 3 * kDay;
constexpr qint64 kMaxAhead = 2 * kDay;
constexpr qint64 kSameMoment = 26 * kHour; // a Unix time and a local one, whatever the zone

using Stamps = QVarLengthArray<const Stamp *, 4>;

class TimeReader
{
public:
    TimeReader(Tokens &tokens, qint64 reference) : m_tokens(tokens), m_reference(reference) {}
    PathTime read();

private:
    void scan();
    bool readName();
    bool readFolders();
    bool readEpochs();
    bool readClock();
    bool readPastHour();
    bool readPieces(const Stamp &stamp, const Reading &reading);

    void takeStart(const Stamp &stamp);
    void takeStartAndEnd(const Stamps &stamps);
    void takeClock(QDate date, const Clock &clock);
    void takeEndAfter(int i);
    void takeEnd(qint64 length);
    void takeEpoch(const Stamp &stamp);
    void mark(int first, int next);
    void markRepeatedDates();

    [[nodiscard]] bool isInSerial(int i) const;
    [[nodiscard]] bool isDay(const Stamp &ordinal) const;
    [[nodiscard]] bool isClockBelowDay(const Stamp &stamp) const;
    [[nodiscard]] bool contradicts(const Stamp &stamp, const Stamp *folder) const;
    [[nodiscard]] std::optional<Clock> freeClockInName() const;
    [[nodiscard]] bool isInName(const Stamp &stamp) const { return m_tokens.isInName(stamp.next - 1); }
    [[nodiscard]] const Reading &best(const Stamp &stamp) const { return stamp.best(m_reference); }

    Tokens &m_tokens;
    const qint64 m_reference;
    QVarLengthArray<Stamp, 4> m_stamps;
    QDate m_folderDay; // of the folders; invalid: they name none
    PathTime m_time;
};

// "00194" of "3J030FCPAK00194": digits and letters take turns.
bool TimeReader::isInSerial(int i) const
{
    const auto glued = [this](int j) {
        return j >= 0 && m_tokens[j].segment == m_tokens[j + 1].segment && m_tokens.isGlued(j);
    };
    if (!glued(i - 1) || !glued(i - 2))
        return false;
    // "1M123455": a code of one letter after the camera's number.
    return !(m_tokens[i - 1].size() == 1 && m_tokens[i - 2].size() <= 2 && !glued(i - 3));
}

void TimeReader::scan()
{
    for (int i = 0; i < m_tokens.count();) {
        const bool candidate = m_tokens[i].role == Role::Unread && !(m_tokens[i].size() < 8 && isInSerial(i));
        auto stamp = candidate ? stampAt(m_tokens, i) : std::nullopt;
        if (stamp && stamp->isOrdinal && !isDay(*stamp))
            stamp.reset();
        i = stamp ? stamp->next : i + 1;
        if (stamp)
            m_stamps.append(std::move(*stamp));
    }
    for (const Stamp &stamp : m_stamps) {
        if (!isInName(stamp) && stamp.isSure())
            m_folderDay = best(stamp).date;
    }
    m_stamps.removeIf([this](const Stamp &stamp) { return isClockBelowDay(stamp); });
    // A whole date is part of no camera's name, wherever it stands.
    for (const Stamp &stamp : m_stamps) {
        if (stamp.isSure())
            m_tokens.assign(stamp.first, stamp.next, Role::Time);
    }
}

// "2026-071" is a day if it is a folder of its own, or has a time, and is about as old as the file; of mere
// digits only then. "2026/071" may as well be a year's 71st series: it has to be of the file's days.
bool TimeReader::isDay(const Stamp &ordinal) const
{
    const bool isApart = m_tokens.isNumber(ordinal.first, 4);
    const Token &first = m_tokens[ordinal.first];
    const Token &last = m_tokens[isApart ? ordinal.first + 1 : ordinal.first]; // a time may follow
    const bool isFolder = !m_tokens.isInName(isApart ? ordinal.first + 1 : ordinal.first) &&
                          first.begin == m_tokens.segment(first.segment).begin &&
                          last.end == m_tokens.segment(last.segment).end;
    const Reading &reading = ordinal.readings.front();
    if (first.segment != last.segment)
        return isFolder && m_reference != 0 &&
               std::abs(reading.local().toMSecsSinceEpoch() - m_reference) <= kSameDays;
    if (!isFolder && reading.precision != Precision::Second)
        return false;
    if (m_reference == 0)
        return isApart;
    return std::abs(reading.local().toMSecsSinceEpoch() - m_reference) <= kAboutThen;
}

// "20260312/20110112.jpg": no day near the folder's or the arrival, but a time.
bool TimeReader::isClockBelowDay(const Stamp &stamp) const
{
    if (!m_folderDay.isValid() || stamp.isEpoch() || stamp.hasTime() || !isInName(stamp) ||
        stamp.next != stamp.first + 1)
        return false;
    const auto isNear = [this](const Reading &reading) {
        return std::abs(reading.date.daysTo(m_folderDay)) <= 1 ||
               (m_reference != 0 &&
                std::abs(reading.local().toMSecsSinceEpoch() - m_reference) <= kAboutThen);
    };
    return std::none_of(stamp.readings.cbegin(), stamp.readings.cend(), isNear) &&
           clockBelowDayAt(m_tokens, stamp.first).has_value();
}

void TimeReader::mark(int first, int next)
{
    m_tokens.assign(first, next, Role::Time);
    for (int i = first; i < next; ++i) {
        if (!m_tokens.isInName(i))
            continue;
        m_time.nameFirst = m_time.nameFirst < 0 ? i : std::min(m_time.nameFirst, i);
        m_time.nameNext = std::max(m_time.nameNext, i + 1);
    }
}

void TimeReader::takeStart(const Stamp &stamp)
{
    m_time.local = best(stamp).local();
    m_time.dateSegment = m_tokens[stamp.first].segment;
    mark(stamp.first, stamp.next);
    if (stamp.utcOffset)
        m_time.utc = m_time.local.toMSecsSinceEpoch() - *stamp.utcOffset * qint64(1000);
    m_time.isUtc = stamp.utcOffset && *stamp.utcOffset == 0;
    // "DST20260925": summer time is in force, which tells the two hours of a clock change apart.
    const int before = stamp.first - 1;
    if (before >= 0 && m_tokens[before].segment == m_tokens[stamp.first].segment &&
        m_tokens.lower(before) == QLatin1String("dst")) {
        m_time.isSummerTime = true;
        mark(before, stamp.first);
    }
}

void TimeReader::takeClock(QDate date, const Clock &clock)
{
    m_time.local = QDateTime(date, clock.time, Qt::UTC);
    mark(clock.first, clock.next);
    takeEndAfter(clock.next);
}

void TimeReader::takeEnd(qint64 length)
{
    if (length > 0 && length <= kDay)
        m_time.duration = length;
}

// "_075939_080140", "_S12-30-05_E12-35-05": a time of day after the start is the end, on the next day if it
// is earlier.
void TimeReader::takeEndAfter(int i)
{
    const QTime start = m_time.local.isValid() ? m_time.local.time() : m_time.time;
    if (i >= m_tokens.count() || !m_tokens.isInName(i) || !m_tokens.isInName(i - 1) || !start.isValid())
        return;
    qsizetype signs = m_tokens.signsAfter(i - 1).size();
    if (!m_tokens[i].isNumber) {
        const QStringView word = m_tokens.lower(i);
        if (word != QLatin1String("e") && word != QLatin1String("to") && word != QLatin1String("end") &&
            word != QLatin1String("till"))
            return;
        signs = std::max(signs, m_tokens.signsAfter(i).size());
        ++i;
    }
    const auto clock = signs <= 3 && i < m_tokens.count() ? clockAt(m_tokens, i, false) : std::nullopt;
    if (!clock || clock->precision != Precision::Second)
        return;
    qint64 length = start.msecsTo(clock->time);
    if (length < 0)
        length += kDay;
    if (length > (clock->isBare ? kMaxBareLength : kDay / 2))
        return;
    mark(clock->first, clock->next);
    takeEnd(length);
}

void TimeReader::takeStartAndEnd(const Stamps &stamps)
{
    const Stamp *start = stamps.front();
    std::optional<Reading> end = start->end;
    if (stamps.size() > 1)
        end = best(*stamps[1]);
    const qint64 length = end ? best(*start).local().msecsTo(end->local()) : 0;
    const bool isMixed =
        stamps.size() > 1 && start->next - start->first != stamps[1]->next - stamps[1]->first;
    if (stamps.size() > 1 && (length < 0 || length > (isMixed ? kMaxMixedLength : kDay)))
        start = stamps.back(); // the first is when the device or its session began
    takeStart(*start);
    for (const Stamp *stamp : stamps)
        mark(stamp->first, stamp->next);
    if (start != stamps.front())
        return;
    if (end)
        takeEnd(length);
    else
        takeEndAfter(start->next);
}

void TimeReader::takeEpoch(const Stamp &stamp)
{
    if (m_reference != 0 && stamp.epoch > m_reference + kMaxAhead)
        return; // a number
    // With a local time next to it, it has to be the same moment.
    if (m_time.local.isValid() && std::abs(stamp.epoch - m_time.local.toMSecsSinceEpoch()) > kSameMoment)
        return;
    if (m_time.utc == 0)
        m_time.utc = stamp.epoch;
    else if (!m_time.local.isValid())
        takeEnd(stamp.epoch - m_time.utc);
    mark(stamp.first, stamp.next);
}

// "101112_131415" below a day's folder is from when to when, not a date.
bool TimeReader::contradicts(const Stamp &stamp, const Stamp *folder) const
{
    if (!folder || stamp.isSure())
        return false;
    const QDate day = best(*folder).date;
    return std::none_of(stamp.readings.cbegin(), stamp.readings.cend(),
                        [&](const Reading &reading) { return std::abs(reading.date.daysTo(day)) <= 1; }) &&
           clockAt(m_tokens, stamp.first, false).has_value();
}

std::optional<Clock> TimeReader::freeClockInName() const
{
    const Segment &name = m_tokens.name();
    bool isFirst = m_folderDay.isValid(); // "1530-00184380": not the number after minutes and seconds
    for (int i = name.first; i < name.next; ++i) {
        if (m_tokens[i].role != Role::Unread || isInSerial(i))
            continue;
        auto clock = clockAt(m_tokens, i, false);
        if (!clock && isFirst)
            clock = clockBelowDayAt(m_tokens, i);
        isFirst = isFirst && (!m_tokens[i].isNumber || m_tokens[i].size() <= 2);
        if (!clock)
            continue;
        // A number that a folder has as well is none.
        bool isRepeated = false;
        for (int j = 0; clock->isBare && j < name.first; ++j)
            isRepeated = isRepeated || m_tokens.text(j) == m_tokens.text(i);
        if (!isRepeated)
            return clock;
    }
    return std::nullopt;
}

bool TimeReader::readName()
{
    const Stamp *folder = nullptr;
    for (const Stamp &stamp : m_stamps) {
        if (!isInName(stamp) && stamp.isSure())
            folder = &stamp;
    }
    Stamps sure;
    Stamps shortYears;
    Stamps epochs;
    const Stamp *day = nullptr;
    for (const Stamp &stamp : m_stamps) {
        if (!isInName(stamp) || contradicts(stamp, folder))
            continue;
        if (stamp.isEpoch())
            epochs.append(&stamp);
        else if (!stamp.hasTime())
            day = &stamp;
        else
            (stamp.isSure() ? sure : shortYears).append(&stamp);
    }
    if (!sure.isEmpty() || !shortYears.isEmpty()) {
        takeStartAndEnd(sure.isEmpty() ? shortYears : sure);
    } else if (day) {
        m_time.dateSegment = m_tokens[day->first].segment;
        mark(day->first, day->next);
        const auto clock = freeClockInName();
        Stamp dated = *day;
        if (clock && clock->isTwelve)
            dated.putMonthFirst();
        const Reading &reading = best(dated);
        if (clock)
            takeClock(reading.date, *clock);
        else if (folder && folder->hasTime() && best(*folder).date == reading.date)
            takeStart(*folder);
        else
            m_time.date = reading.date;
    } else {
        return false;
    }
    for (const Stamp *epoch : epochs)
        takeEpoch(*epoch);
    return true;
}

bool TimeReader::readFolders()
{
    const Stamp *stamp = nullptr;
    for (const Stamp &candidate : m_stamps) {
        if (!candidate.isEpoch() && !isInName(candidate) &&
            (candidate.isSure() || !stamp || !stamp->isSure()))
            stamp = &candidate;
    }
    if (!stamp)
        return false;
    const Reading &reading = best(*stamp);
    const auto clock = freeClockInName();
    // "110203/0001.jpg": without a time, six digits are the day only if the file is about as old.
    const qint64 away = std::abs(reading.local().toMSecsSinceEpoch() - m_reference);
    if (!stamp->isSure() && !clock && !stamp->hasTime() && (m_reference == 0 || away > kAboutThen))
        return false;
    m_time.dateSegment = m_tokens[stamp->next - 1].segment;
    mark(stamp->first, stamp->next);
    if (readEpochs())
        return true;
    if (clock)
        takeClock(reading.date, *clock);
    else if (reading.precision == Precision::Second || reading.precision == Precision::Minute)
        takeStart(*stamp);
    else if (!readPieces(*stamp, reading))
        m_time.date = reading.date;
    return true;
}

// "2019-05-09/001/jpg/06/07/27[M]…", "2023-04-14/18/front/05.12", "2018/01/30/23/2040-…": folders of two
// digits below a day's are hour, minute and second; the name begins with what is missing.
bool TimeReader::readPieces(const Stamp &stamp, const Reading &reading)
{
    static constexpr std::array kLimits = {24, 60, 60};
    std::array<int, 3> parts{};
    size_t known = 0;
    if (reading.precision == Precision::Hour)
        parts[known++] = reading.time.hour();
    const Segment &name = m_tokens.name();
    QVarLengthArray<int, 4> taken;
    for (int i = stamp.next; i < name.first && known < 3; ++i) {
        const bool isWhole =
            m_tokens.isWholeSegment(i) ||
            (m_tokens.isGlued(i) && m_tokens.lower(i + 1) == QLatin1String(known == 0 ? "h" : "m") &&
             m_tokens.segment(m_tokens[i].segment).first == i &&
             m_tokens.segment(m_tokens[i].segment).next == i + 2);
        if (!isWhole || !m_tokens.isNumber(i, 2) || m_tokens.value(i) >= kLimits[known])
            continue;
        parts[known++] = m_tokens.value(i);
        taken.append(i);
    }
    const size_t inFolders = known;
    for (int i = name.first; i < name.next && known < 3; ++i) {
        const bool isFirst = i == name.first;
        const bool joins = isFirst ? m_tokens[i].begin == name.begin : m_tokens.signsAfter(i - 1).size() == 1;
        if (isFirst && joins && known == 1 && m_tokens.isNumber(i, 4) && m_tokens.value(i, 0, 2) < 60 &&
            m_tokens.value(i, 2, 2) < 60) {
            parts[known++] = m_tokens.value(i, 0, 2);
            parts[known++] = m_tokens.value(i, 2, 2);
            taken.append(i);
            break;
        }
        if (!joins || !m_tokens.isNumber(i, 2) || m_tokens.value(i) >= kLimits[known])
            break;
        parts[known++] = m_tokens.value(i);
        taken.append(i);
    }
    // A lone number in the name is a counter unless a folder says the hour.
    if (known == 0 || (inFolders == 0 && known == 1))
        return false;
    m_time.local = QDateTime(reading.date, QTime(parts[0], parts[1], parts[2]), Qt::UTC);
    for (const int i : taken)
        mark(i, i + 1);
    return true;
}

bool TimeReader::readEpochs()
{
    for (const Stamp &stamp : m_stamps) {
        if (stamp.isEpoch() && (isInName(stamp) || m_time.dateSegment < 0))
            takeEpoch(stamp);
    }
    return m_time.utc != 0;
}

// A time of day alone has to be written with signs: "23.59.59-00.00.30".
bool TimeReader::readClock()
{
    const Segment &name = m_tokens.name();
    for (int i = name.first; i < name.next; ++i) {
        const auto clock = isInSerial(i) ? std::nullopt : clockAt(m_tokens, i, false);
        if (!clock || clock->isBare || clock->precision != Precision::Second)
            continue;
        m_time.time = clock->time;
        mark(clock->first, clock->next);
        takeEndAfter(clock->next);
        return true;
    }
    return false;
}

bool TimeReader::readPastHour()
{
    const Segment &name = m_tokens.name();
    for (int i = name.first; i < name.next; ++i) {
        if (const auto found = pastHourAt(m_tokens, i)) {
            m_time.pastHour = found->ms;
            mark(i, found->next);
            return true;
        }
    }
    return false;
}

// "Backgate0715", "2026/07/": the parts of a known date do not belong to a camera's name.
void TimeReader::markRepeatedDates()
{
    const QDate day = m_time.day();
    if (!day.isValid())
        return;
    const QString ymd = day.toString(QStringLiteral("yyyyMMdd"));
    const QString dmy = day.toString(QStringLiteral("ddMMyyyy"));
    const std::array<QStringView, 7> ways = {ymd,
                                             QStringView(ymd).mid(2),
                                             QStringView(ymd).mid(4),
                                             QStringView(ymd).left(6),
                                             QStringView(ymd).left(4),
                                             dmy,
                                             QStringView(dmy).left(4)};
    for (int i = 0; i < m_tokens.count(); ++i) {
        if (m_tokens[i].role != Role::Unread || !m_tokens[i].isNumber || m_tokens.isInName(i))
            continue;
        const QStringView text = m_tokens.text(i);
        const bool isDay = text.size() >= 4 && std::find(ways.cbegin(), ways.cend(), text) != ways.cend();
        // "2026/07/15", "2026-07": month and day after the year.
        const bool isPart = i > 0 && m_tokens[i - 1].role == Role::Time && m_tokens.isNumber(i, 2) &&
                            m_tokens.signsAfter(i - 1).size() == 1 &&
                            (text == QStringView(ymd).mid(4, 2) || text == QStringView(ymd).mid(6, 2));
        if (isDay || isPart)
            m_tokens.assign(i, i + 1, Role::Time);
    }
}

PathTime TimeReader::read()
{
    markAddresses(m_tokens);
    scan();
    (void)(readName() || readFolders() || readEpochs() || readClock() || readPastHour());
    markRepeatedDates();
    return m_time;
}

} // namespace

PathTime readTime(Tokens &tokens, qint64 reference)
{
    return TimeReader(tokens, reference).read();
}

} // namespace gatehouse::vendors
