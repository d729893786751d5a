#include "timeline/time_grid.h"

#include "base/regional_time.h"
#include "models/time_text.h"

#include <QDateTime>

namespace gatehouse::timeline
{

namespace
{

constexpr qint64 kGridSecond = 1'000;
constexpr qint64 kGridMinute = 60 * kGridSecond;
constexpr qint64 kGridHour = 60 * kGridMinute;
constexpr qint64 kGridDay = 24 * kGridHour;

// Below a day a step is a duration, above that it counts calendar days or months.
struct Step {
    enum Unit { Duration, Days, Months } unit;
    qint64 count; // ms, days, months
    int minor;    // index of the step for the marks in between; -1: none

    [[nodiscard]] double shortest() const // ms
    {
        return double(unit == Duration ? count : unit == Days ? count * kGridDay : count * 28 * kGridDay);
    }
};

constexpr Step kSteps[] = {
    {Step::Duration, 100, -1},
    {Step::Duration, 200, 0},
    {Step::Duration, 500, 0},
    {Step::Duration, kGridSecond, 0},
    {Step::Duration, 2 * kGridSecond, 2},
    {Step::Duration, 5 * kGridSecond, 3},
    {Step::Duration, 10 * kGridSecond, 3},
    {Step::Duration, 30 * kGridSecond, 5},
    {Step::Duration, kGridMinute, 6},
    {Step::Duration, 2 * kGridMinute, 7},
    {Step::Duration, 5 * kGridMinute, 8},
    {Step::Duration, 10 * kGridMinute, 8},
    {Step::Duration, 15 * kGridMinute, 10},
    {Step::Duration, 30 * kGridMinute, 10},
    {Step::Duration, kGridHour, 11},
    {Step::Duration, 2 * kGridHour, 13},
    {Step::Duration, 3 * kGridHour, 14},
    {Step::Duration, 6 * kGridHour, 14},
    {Step::Duration, 12 * kGridHour, 16},
    {Step::Days, 1, 17},
    {Step::Days, 2, 19},
    {Step::Days, 7, 19},
    {Step::Days, 14, 19},
    {Step::Months, 1, 21},
    {Step::Months, 2, 23},
    {Step::Months, 3, 23},
    {Step::Months, 6, 23},
    {Step::Months, 12, 25},
};

qint64 timeOfDay(qint64 t, const QTimeZone &zone)
{
    return models::localTime(t, zone).time().msecsSinceStartOfDay();
}

// Within one local day, from its midnight on, in real time; realigned after a clock change.
void durationTicks(TimeRange range, qint64 step, const QTimeZone &zone, QVector<qint64> &out)
{
    for (QDate day = models::localTime(range.start, zone).date();; day = day.addDays(1)) {
        const TimeRange whole = models::dayRange(day, zone);
        if (whole.start >= range.end)
            return;
        const bool plain = whole.length() == kGridDay; // no clock change
        qint64 t = whole.start;
        if (plain && range.start > t)
            t += (range.start - t) / step * step;
        while (t < whole.end && t < range.end) {
            if (t >= range.start)
                out.append(t);
            qint64 next = t + step;
            if (!plain && next < whole.end) {
                const qint64 off = timeOfDay(next, zone) % step;
                const bool earlierFits = off && next - off > t && timeOfDay(next - off, zone) % step == 0;
                if (earlierFits)
                    next -= off;
                else if (off)
                    next += step - off;
            }
            t = next;
        }
    }
}

void calendarTicks(TimeRange range, const Step &step, const QTimeZone &zone, QVector<qint64> &out)
{
    const QDate first = models::localTime(range.start, zone).date();
    QDate day;
    if (step.unit == Step::Months) {
        const qint64 months = qint64(first.year()) * 12 + first.month() - 1;
        const qint64 aligned = months / step.count * step.count;
        day = QDate(int(aligned / 12), int(aligned % 12) + 1, 1);
    } else {
        // Weeks begin on the region's first day (on Mondays, Julian day numbers are multiples of 7); two-day
        // steps keep their parity.
        const qint64 shift = step.count % 7 == 0 ? region().firstDay - Qt::Monday : 0;
        day = QDate::fromJulianDay((first.toJulianDay() - shift) / step.count * step.count + shift);
    }
    while (true) {
        const qint64 t = day.startOfDay(zone).toMSecsSinceEpoch();
        if (t >= range.end)
            return;
        if (t >= range.start)
            out.append(t);
        day = step.unit == Step::Months ? day.addMonths(int(step.count)) : day.addDays(step.count);
    }
}

QVector<qint64> timesOf(TimeRange range, const Step &step, const QTimeZone &zone)
{
    QVector<qint64> out;
    if (step.unit == Step::Duration)
        durationTicks(range, step.count, zone, out);
    else
        calendarTicks(range, step, zone, out);
    return out;
}

QString labelOf(const QDateTime &local, const Step &step)
{
    if (step.unit == Step::Months)
        return dateText(local.date(), local.date().month() == 1 ? DateStyle::Year : DateStyle::Month);
    if (step.unit == Step::Days)
        return dateText(local.date(), step.count == 1 ? DateStyle::WeekdayDay : DateStyle::DayMonth);
    if (local.time() == QTime(0, 0))
        return dateText(local.date(), DateStyle::WeekdayDay);
    return timeText(local.time(), step.count < kGridSecond   ? TimeStyle::Tenth
                                  : step.count < kGridMinute ? TimeStyle::Second
                                                             : TimeStyle::Minute);
}

} // namespace

QVector<Tick> ticksOf(const TimeScale &scale, const QTimeZone &zone, double apart)
{
    const Step *major = std::end(kSteps) - 1;
    for (const Step &step : kSteps) {
        const bool hasSeconds = step.unit == Step::Duration && step.count < kGridMinute;
        const double room = hasSeconds ? apart * kSecondsRoom : apart;
        if (step.shortest() / scale.msPerPixel >= room) {
            major = &step;
            break;
        }
    }
    const TimeRange range = scale.range();
    const QVector<qint64> majors = timesOf(range, *major, zone);
    QVector<qint64> minors;
    constexpr double minorApart = 5;
    if (major->minor >= 0 && kSteps[major->minor].shortest() / scale.msPerPixel >= minorApart)
        minors = timesOf(range, kSteps[major->minor], zone);

    QVector<Tick> out;
    out.reserve(majors.size() + minors.size());
    qsizetype m = 0;
    const auto appendMinor = [&](qint64 t) { out.append({t, false, false, {}}); };
    for (const qint64 t : majors) {
        for (; m < minors.size() && minors[m] <= t; ++m) {
            if (minors[m] < t)
                appendMinor(minors[m]);
        }
        const QDateTime local = models::localTime(t, zone);
        const bool isDay = major->unit != Step::Duration || local.time() == QTime(0, 0);
        out.append({t, true, isDay, labelOf(local, *major)});
    }
    for (; m < minors.size(); ++m)
        appendMinor(minors[m]);
    return out;
}

} // namespace gatehouse::timeline
