// The timeline at 3840 px and 14 rows over a busy home's year, over a year in which nearly everything was
// deleted, and over a day with as many items as a year: a full paint at every zoom, and from a wheel or drag
// step to the repaint.
//   bench_timeline [--json] [--items N] [--folder DIR]
#include "bench_report.h"
#include "catalog/reader.h"
#include "control/client.h"
#include "models/poster_cache.h"
#include "support/catalog_filler.h"
#include "timeline/lane_view.h"
#include "timeline/timeline_panel.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QThread>
#include <QWheelEvent>
#include <ctime>
#include <functional>

using namespace gatehouse;
using namespace gatehouse::bench;
using namespace gatehouse::models;
using namespace gatehouse::timeline;

namespace
{

constexpr int kScreenWidth = 3840;
constexpr double kMinute = 60'000;
constexpr double kDay = 86'400'000;
constexpr double kPaintGoal = 8;
constexpr double kStepGoal = 16;

struct Fixture {
    explicit Fixture(const QString &path)
        : pool(path), services{pool, changes, commands, {}}, posters(services),
          panel(services, posters, playhead, selection)
    {
        panel.resize(kScreenWidth, widgets::metrics::kOverviewHeight + widgets::metrics::kRulerHeight +
                                       14 * widgets::metrics::kLaneHeight);
        panel.show();
        playhead.follow(false);
    }

    void settle()
    {
        do {
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
            QThread::usleep(200);
        } while (panel.recordings().isLoading() || panel.recordings().cameras().isEmpty());
        QCoreApplication::processEvents();
    }

    catalog::ReaderPool pool;
    catalog::Changes changes;
    control::Client commands{QString()}; // connected to no engine
    Services services;
    PosterCache posters;
    Playhead playhead;
    Selection selection{playhead};
    TimelinePanel panel;
};

// Wall time, which the goals refer to, and CPU time of the window's thread: on a busy machine the latter is
// the cost of painting.
class Stopwatch
{
public:
    void measure(const std::function<void()> &work)
    {
        QElapsedTimer timer;
        timer.start();
        const double before = threadMs();
        work();
        m_thread.append(threadMs() - before);
        m_wall.append(double(timer.nsecsElapsed()) / 1e6);
    }

    void report(Report &out, const QString &name, double goal) const
    {
        const auto add = [&](const char *what, double ms, std::optional<double> limit) {
            out.add({name + QLatin1String(what), ms, QStringLiteral("ms"), limit, {}, false});
        };
        add(", p50", percentile(m_wall, 0.5), {});
        add(", p95", percentile(m_wall, 0.95), goal);
        add(", thread p50", percentile(m_thread, 0.5), {});
        add(", thread p95", percentile(m_thread, 0.95), {});
    }

private:
    static double threadMs()
    {
        timespec now{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
    }

    QVector<double> m_wall;
    QVector<double> m_thread;
};

void paints(Report &out, Fixture &fixture, const QString &what, TimeRange extent)
{
    const std::pair<const char *, double> spans[] = {
        {"1 min", kMinute},     {"65 min", 65 * kMinute}, {"1 day", kDay},       {"3 days", 3 * kDay},
        {"14 days", 14 * kDay}, {"60 days", 60 * kDay},   {"1 year", 366 * kDay}};
    QRandomGenerator random(3);
    for (const auto &[name, span] : spans) {
        Stopwatch watch;
        for (int place = 0; place < 6; ++place) {
            const double middle = double(extent.start) + random.generateDouble() * double(extent.length());
            fixture.panel.axis().show({qint64(middle - span / 2), qint64(middle + span / 2)});
            fixture.settle();
            for (int round = 0; round < 20; ++round) {
                fixture.panel.axis().panBy(round % 2 ? 3 : -3);
                watch.measure([&] { fixture.panel.repaint(); });
                QCoreApplication::processEvents();
            }
        }
        watch.report(out, QStringLiteral("timeline: paint, %1, %2").arg(what, QLatin1String(name)),
                     kPaintGoal);
    }
}

// Zooming in and out by wheel and a drag, as a user would, while chunks are still arriving.
void steps(Report &out, Fixture &fixture, const QString &what, TimeRange extent)
{
    QRandomGenerator random(4);
    Stopwatch zoom;
    Stopwatch pan;
    LaneView &lanes = fixture.panel.lanes();
    fixture.panel.axis().show({extent.end - qint64(65 * kMinute), extent.end});
    fixture.settle();
    for (int gesture = 0; gesture < 12; ++gesture) {
        const QPointF at(500 + random.bounded(2'400), 200);
        for (int notch = 0; notch < 40; ++notch) {
            QWheelEvent event(at, lanes.mapToGlobal(at), {}, {0, gesture % 2 ? 120 : -120}, Qt::NoButton,
                              Qt::NoModifier, Qt::NoScrollPhase, false);
            zoom.measure([&] {
                QCoreApplication::sendEvent(&lanes, &event);
                QCoreApplication::sendPostedEvents();
                fixture.panel.repaint();
            });
            QThread::msleep(4);
            QCoreApplication::processEvents();
        }
        fixture.panel.axis().show(
            {extent.end - qint64(kDay * (gesture % 4 + 0.2)) - qint64(kDay), extent.end - qint64(kDay)});
        for (int step = 0; step < 40; ++step) {
            pan.measure([&] {
                fixture.panel.axis().panBy(-90);
                QCoreApplication::sendPostedEvents();
                fixture.panel.repaint();
            });
            QThread::msleep(4);
            QCoreApplication::processEvents();
        }
    }
    zoom.report(out, QStringLiteral("timeline: zoom step to painted, %1").arg(what), kStepGoal);
    pan.report(out, QStringLiteral("timeline: pan step to painted, %1").arg(what), kStepGoal);
}

void fill(const QString &path, const tests::Filling &filling)
{
    if (QFile::exists(path))
        return;
    if (const auto filled = tests::fillCatalog(path, filling); !filled)
        bench::giveUp(filled.error().text + QLatin1Char(' ') + filled.error().where);
}

TimeRange extentOf(const QString &path)
{
    return *(*catalog::Reader::open(path))->extent();
}

} // namespace

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    QCommandLineParser options;
    options.addOption({QStringLiteral("items"), QStringLiteral("size of the catalog"), QStringLiteral("N"),
                       QStringLiteral("2000000")});
    options.addOption(
        {QStringLiteral("folder"), QStringLiteral("keep the filled catalogs here"), QStringLiteral("DIR")});
    bench::readArguments(options);
    tests::Filling filling;
    filling.items = bench::numberOf(options, "items", 1'000, 100'000'000);
    const QTemporaryDir temporary;
    const QString folder = bench::folderOf(options, temporary.path());
    widgets::applyTheme(app, widgets::darkTheme());
    Report out(options.isSet(QStringLiteral("json")));

    const QString year = folder + QStringLiteral("/catalog.sqlite");
    const QString crowd = folder + QStringLiteral("/crowd.sqlite");
    const QString gone = folder + QStringLiteral("/gone.sqlite");
    tests::Filling crowded;
    crowded.items = filling.items / 4;
    const qint64 now = SystemClock().now();
    crowded.range = {now - qint64(kDay), now};
    tests::Filling deleted = filling;
    deleted.keptOf = 100;
    fill(year, filling);
    fill(crowd, crowded);
    fill(gone, deleted);
    {
        Fixture fixture(year);
        fixture.settle();
        paints(out, fixture, QStringLiteral("a year"), extentOf(year));
        steps(out, fixture, QStringLiteral("a year"), extentOf(year));
    }
    {
        Fixture fixture(gone);
        fixture.settle();
        paints(out, fixture, QStringLiteral("a year deleted"), extentOf(gone));
        steps(out, fixture, QStringLiteral("a year deleted"), extentOf(gone));
    }
    Fixture fixture(crowd);
    fixture.settle();
    paints(out, fixture, QStringLiteral("a crowded day"), extentOf(crowd));
    steps(out, fixture, QStringLiteral("a crowded day"), extentOf(crowd));
    return out.allMet() ? 0 : 1;
}
