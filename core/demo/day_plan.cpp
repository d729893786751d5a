#include "demo/day_plan.h"

#include <QSet>
#include <algorithm>
#include <cmath>

namespace gatehouse::demo
{

namespace
{
constexpr int kHourMs = 3'600'000;
constexpr int kRecentShare = 3; // one in so many events is in the last hour

double hourOf(const QDateTime &at)
{
    return at.time().msecsSinceStartOfDay() / double(kHourMs);
}

Happening happeningAt(const DemoCamera &camera, const QDateTime &at, Dice &dice)
{
    Happening out;
    // Whole seconds, because most names have no fractions.
    out.start = at.addMSecs(-at.time().msec());
    out.seed = unsigned(dice());
    out.seconds = 5 + int(roll(dice, 0, 4.99));
    out.visitor = camera.visitors[int(roll(dice, 0, double(camera.visitors.size()) - 0.01))];
    // At night it is mostly the cat.
    if (bustle(hourOf(at)) < 0.25 && camera.visitors.contains(Visitor::Cat) && roll(dice, 0, 1) < 0.6)
        out.visitor = Visitor::Cat;
    if (!camera.soundWord.isEmpty() && roll(dice, 0, 1) < 0.3) {
        out.trigger = Trigger::Sound;
        out.visitor = Visitor::Nobody;
    }
    return out;
}
} // namespace

double bustle(double hour)
{
    const auto around = [hour](double middle, double width) {
        const double d = (hour - middle) / width;
        return std::exp(-d * d);
    };
    return std::min(1.0, 0.08 + 0.75 * around(8, 1.4) + 0.5 * around(12.5, 2.5) + 0.95 * around(17.5, 2.4));
}

QVector<PlannedEvent> planPast(const QVector<DemoCamera> &cameras, const QDateTime &now, int hours, int count,
                               unsigned seed)
{
    Dice dice(seed);
    QVector<PlannedEvent> out;
    const auto add = [&](int camera, const QDateTime &at) {
        if (at.addSecs(15) < now)
            out.append({camera, happeningAt(cameras[camera], at, dice)});
    };
    // Attempts at a quiet hour mostly produce nothing; the bound is for plans that cover only nights.
    for (int attempt = 0; out.size() < count && attempt < count * 40; ++attempt) {
        // The last hour is what a new user sees first: lively, whatever the time of day.
        const bool isRecent = out.size() < count / kRecentShare;
        const QDateTime at =
            now.addMSecs(-qint64(roll(dice, 20'000, isRecent ? kHourMs : double(hours) * kHourMs)));
        if (!isRecent && roll(dice, 0, 1) > bustle(hourOf(at)) + 0.05)
            continue;
        const int camera = int(roll(dice, 0, double(cameras.size()) - 0.01));
        add(camera, at);
        // A visitor often appears again, at the same camera or the next one.
        for (int more = int(roll(dice, 0, 2.6)); more > 0; --more) {
            const int neighbour = roll(dice, 0, 1) < 0.5 ? camera : (camera + more) % int(cameras.size());
            add(neighbour, at.addSecs(qint64(roll(dice, 12, 90)) * more));
        }
    }
    for (int camera = 0; camera < cameras.size(); ++camera) {
        if (cameras[camera].scheduleWord.isEmpty())
            continue;
        QDateTime full(now.date(), QTime(now.time().hour(), 0));
        full.setTimeSpec(now.timeSpec());
        for (int back = 0; back < hours; back += 2) {
            Happening still = happeningAt(cameras[camera], full.addSecs(-back * 3600), dice);
            still.trigger = Trigger::Schedule;
            still.visitor = Visitor::Nobody;
            out.append({camera, still});
        }
    }
    std::sort(out.begin(), out.end(), [](const PlannedEvent &a, const PlannedEvent &b) {
        return a.happening.start > b.happening.start;
    });
    // Names have a resolution of one second: two events of one camera in the same second would share a file.
    QSet<std::pair<int, qint64>> taken;
    const auto isTaken = [&taken](const PlannedEvent &event) {
        const std::pair key(event.camera, event.happening.start.toSecsSinceEpoch() / 12);
        const bool known = taken.contains(key);
        taken.insert(key);
        return known;
    };
    out.removeIf(isTaken);
    return out;
}

PlannedEvent planNext(const QVector<DemoCamera> &cameras, const QDateTime &now, Dice &dice)
{
    const int camera = int(roll(dice, 0, double(cameras.size()) - 0.01));
    return {camera, happeningAt(cameras[camera], now, dice)};
}

} // namespace gatehouse::demo
