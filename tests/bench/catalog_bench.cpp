// The catalog at the size of a busy home's year: the window's queries, and uploads from 14 cameras that each
// wait for their commit.   bench_catalog [--json] [--items N] [--folder DIR]
#include "bench_report.h"
#include "catalog/operations/add_item.h"
#include "catalog/operations/cameras.h"
#include "catalog/reader.h"
#include "catalog/writer.h"
#include "support/catalog_filler.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <ctime>
#include <functional>
#include <thread>

using namespace gatehouse;
using namespace gatehouse::bench;
using namespace gatehouse::catalog;

namespace
{

constexpr qint64 kDayMs = 86'400'000;

// A busy machine can withhold the CPU for longer than a query takes: `cpu` tells the two apart.
struct Times {
    QVector<double> wall; // ms
    QVector<double> cpu;  // ms of this thread
};

double threadCpu()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

Times timed(int rounds, const std::function<void()> &work)
{
    Times times;
    for (int i = 0; i < rounds; ++i) {
        QElapsedTimer timer;
        timer.start();
        const double cpu = threadCpu();
        work();
        times.cpu.append(threadCpu() - cpu);
        times.wall.append(double(timer.nsecsElapsed()) / 1e6);
    }
    return times;
}

void report(Report &out, const QString &name, const Times &times, std::optional<double> goal)
{
    out.add(
        {name + QStringLiteral(", p50"), percentile(times.wall, 0.5), QStringLiteral("ms"), {}, {}, false});
    out.add({name + QStringLiteral(", p95"),
             percentile(times.wall, 0.95),
             QStringLiteral("ms"),
             goal,
             {},
             false});
    out.add({name + QStringLiteral(", p95 of processor time"),
             percentile(times.cpu, 0.95),
             QStringLiteral("ms"),
             {},
             {},
             false});
}

void questions(Report &out, const QString &path, int rounds)
{
    auto reader = std::move(*Reader::open(path));
    const QVector<Camera> cameras = *reader->cameras();
    const TimeRange extent = *reader->extent();
    QRandomGenerator random(7);
    const auto anyDay = [&] {
        const qint64 start =
            extent.start + qint64(random.generateDouble() * double(extent.length() - kDayMs));
        return TimeRange{start, start + kDayMs};
    };
    qint64 rows = 0;
    report(out, QStringLiteral("catalog: a camera-day"),
           timed(rounds,
                 [&] {
                     rows +=
                         reader->timeline(cameras[random.bounded(int(cameras.size()))].id, anyDay())->size();
                 }),
           1.0);
    report(out, QStringLiteral("catalog: 14 camera-days"),
           timed(rounds,
                 [&] {
                     const TimeRange day = anyDay();
                     for (const Camera &camera : cameras)
                         rows += reader->timeline(camera.id, day)->size();
                 }),
           8.0);
    report(out, QStringLiteral("catalog: the newest 100 items"),
           timed(rounds, [&] { rows += reader->items({})->size(); }), 1.0);
    report(out, QStringLiteral("catalog: the newest 100 items of a camera"),
           timed(rounds,
                 [&] {
                     ItemQuery query;
                     query.camera = cameras[random.bounded(int(cameras.size()))].id;
                     rows += reader->items(query)->size();
                 }),
           1.0);
    report(out, QStringLiteral("catalog: the newest 100 events"),
           timed(rounds, [&] { rows += reader->events({})->size(); }), 1.0);
    const QDate last = QDateTime::fromMSecsSinceEpoch(extent.end, Qt::UTC).date();
    report(out, QStringLiteral("catalog: a year's day counts"),
           timed(rounds, [&] { rows += reader->dayCounts(last.addDays(-365), last)->size(); }), 5.0);
    report(out, QStringLiteral("catalog: a year's hour counts"),
           timed(20, [&] { rows += reader->hourCounts(extent)->size(); }), {});
    report(out, QStringLiteral("catalog: list of cameras"),
           timed(rounds, [&] { rows += reader->cameras()->size(); }), {});
    report(out, QStringLiteral("catalog: open and first camera-day"),
           timed(20,
                 [&] {
                     auto fresh = std::move(*Reader::open(path));
                     rows += fresh->timeline(cameras.first().id, anyDay())->size();
                 }),
           {});
    if (rows == 0)
        bench::giveUp(QStringLiteral("No rows were read"));
}

NewItem upload(Writer &writer, AccountId account, int camera, qint64 captured)
{
    NewItem item;
    item.id = writer.ids().next();
    item.account = account;
    item.cameraKey = QStringLiteral("K%1").arg(camera);
    item.kind = Kind::Still;
    item.trigger = Trigger::Motion;
    item.hint.utc = captured;
    item.hint.source = TimeSource::Name;
    item.received = captured;
    item.bytes = 50'000;
    item.sha256 = QByteArray::number(item.id.value).rightJustified(32, '0');
    item.archive = QStringLiteral("filled");
    item.relativePath = QStringLiteral("new/%1").arg(item.id.value);
    item.sourcePath = QStringLiteral("/new/%1.jpg").arg(item.id.value);
    return item;
}

void uploads(Report &out, const QString &path, int each)
{
    const SystemClock clock;
    WriterOptions options;
    options.databasePath = path;
    auto writer = std::move(*Writer::open(options, clock));
    QElapsedTimer timer;
    std::vector<std::thread> clients;
    QVector<QVector<double>> ms(14);
    timer.start();
    for (int camera = 1; camera <= 14; ++camera) {
        clients.emplace_back([&, camera] {
            auto asked = writer->submit(FindAccount{QStringLiteral("cam%1").arg(camera)});
            asked.waitForFinished();
            const AccountId account = asked.takeResult()->id;
            for (int i = 0; i < each; ++i) {
                QElapsedTimer one;
                one.start();
                auto added = writer->submit(AddItem{upload(*writer, account, camera, clock.now())});
                added.waitForFinished();
                if (!added.takeResult())
                    bench::giveUp(QStringLiteral("An upload failed"));
                ms[camera - 1].append(double(one.nsecsElapsed()) / 1e6);
            }
        });
    }
    for (std::thread &client : clients)
        client.join();
    const double seconds = double(timer.nsecsElapsed()) / 1e9;
    QVector<double> all;
    for (const QVector<double> &one : ms)
        all += one;
    out.add({QStringLiteral("catalog: committed uploads, 14 cameras that wait"),
             14.0 * each / seconds,
             QStringLiteral("1/s"),
             1'500.0,
             {},
             true});
    out.add({QStringLiteral("catalog: one upload's commit, p50"),
             percentile(all, 0.5),
             QStringLiteral("ms"),
             {},
             {},
             false});
    out.add({QStringLiteral("catalog: one upload's commit, p95"),
             percentile(all, 0.95),
             QStringLiteral("ms"),
             {},
             {},
             false});
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCommandLineParser options;
    options.addOption({QStringLiteral("items"), QStringLiteral("size of the catalog"), QStringLiteral("N"),
                       QStringLiteral("2000000")});
    options.addOption(
        {QStringLiteral("folder"), QStringLiteral("keep the filled catalog here"), QStringLiteral("DIR")});
    bench::readArguments(options);
    tests::Filling filling;
    filling.items = bench::numberOf(options, "items", 1'000, 100'000'000);
    const QTemporaryDir temporary;
    const QString folder = bench::folderOf(options, temporary.path());
    Report out(options.isSet(QStringLiteral("json")));
    const QString path = folder + QStringLiteral("/catalog.sqlite");
    if (!QFile::exists(path)) {
        QElapsedTimer timer;
        timer.start();
        if (const auto filled = tests::fillCatalog(path, filling); !filled)
            return bench::failed(filled.error().text + QLatin1Char(' ') + filled.error().where);
        std::fprintf(stderr, "filled in %.1f s, %.0f MB\n", double(timer.elapsed()) / 1e3,
                     double(QFile(path).size()) / 1e6);
    }
    questions(out, path, 300);
    uploads(out, path, 500);
    return out.allMet() ? 0 : 1;
}
