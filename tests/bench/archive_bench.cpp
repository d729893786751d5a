// How many small files per second the archive makes durable, and how fast it stores a long one.
//   bench_archive [--json] [--folder DIR] [--callers N] [--files N]
// Each caller has one upload in progress, like a camera. The folder must be on the disk to be measured; what
// is written there is removed.
#include "archive/archive.h"
#include "archive/hasher.h"
#include "base/posix_file_system.h"
#include "bench_report.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <sys/resource.h>
#include <thread>
#include <vector>

using namespace gatehouse;
using namespace gatehouse::archive;
using namespace gatehouse::bench;

namespace
{

constexpr qint64 kSmallBytes = 50'000;
constexpr qint64 kLongBytes = qint64(1) << 30;
constexpr qint64 kChunkBytes = 256 << 10;

// Only for the figure without sync: there is no such setting.
class UnsyncedFileSystem : public PosixFileSystem
{
public:
    void startWriteback(int) override {}
    Result<void> sync(int) override { return {}; }
    Result<void> syncFolder(const QString &) override { return {}; }
};

double processorMs()
{
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto ms = [](const timeval &t) { return double(t.tv_sec) * 1e3 + double(t.tv_usec) / 1e3; };
    return ms(used.ru_utime) + ms(used.ru_stime);
}

std::unique_ptr<Archive> openAt(const QString &root, FileSystem &files, const Clock &clock)
{
    auto opened = Archive::open({root}, files, clock, true);
    if (!opened)
        giveUp(opened.error().text);
    return std::move(*opened);
}

void mustDo(const auto &result)
{
    if (!result)
        giveUp(result.error().text);
}

Placement placementOf(qint64 item, int camera)
{
    Placement p;
    p.item = ItemId{item};
    p.account = p.cameraFolder = QStringLiteral("camera %1").arg(camera);
    p.sourcePath = QStringLiteral("/2026/11/21/snap.jpg");
    p.received = SystemClock().now();
    p.peer = QStringLiteral("192.168.1.20");
    return p;
}

// Files per second.
double measureSmall(Report &out, const QString &name, const QString &root, FileSystem &files, int callers,
                    int count, std::optional<double> peer)
{
    const SystemClock clock;
    const auto archive = openAt(root, files, clock);
    const QByteArray bytes(kSmallBytes, 'x');
    std::atomic<int> next = 0;
    std::vector<QVector<double>> waits(static_cast<size_t>(callers));
    const double processorBefore = processorMs();
    QElapsedTimer timer;
    timer.start();
    std::vector<std::thread> threads;
    for (int caller = 0; caller < callers; ++caller) {
        threads.emplace_back([&, caller] {
            while (next++ < count) {
                QElapsedTimer wait;
                wait.start();
                auto staged = archive->stageFile({});
                (*staged)->write(bytes);
                auto placed = (*staged)->place(placementOf(next, caller));
                placed.waitForFinished();
                if (!placed.result())
                    giveUp(placed.result().error().text);
                waits[static_cast<size_t>(caller)].push_back(double(wait.nsecsElapsed()) / 1e6);
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    const double seconds = double(timer.nsecsElapsed()) / 1e9;
    QVector<double> all;
    for (const auto &some : waits)
        all += some;
    if (all.size() != count)
        giveUp(QStringLiteral("%1 of %2 files are in their place").arg(all.size()).arg(count));
    const double rate = count / seconds;
    out.add({name, rate, QStringLiteral("files/s"), {}, peer, true});
    out.add({name + QStringLiteral(", processor"),
             (processorMs() - processorBefore) / count,
             QStringLiteral("ms/file"),
             {},
             {}});
    out.add({name + QStringLiteral(", p50"), percentile(all, 0.5), QStringLiteral("ms"), {}, {}});
    out.add({name + QStringLiteral(", p99"), percentile(all, 0.99), QStringLiteral("ms"), {}, {}});
    return rate;
}

// The rate if each caller makes its own files durable, without hash, journal and batches.
double measureAlone(const QString &root, int callers, int count)
{
    PosixFileSystem files;
    std::atomic<int> next = 0;
    const QByteArray bytes(kSmallBytes, 'x');
    QElapsedTimer timer;
    std::vector<std::thread> threads;
    for (int caller = 0; caller < callers; ++caller)
        QDir().mkpath(root + QStringLiteral("/%1").arg(caller));
    timer.start();
    for (int caller = 0; caller < callers; ++caller) {
        threads.emplace_back([&, caller] {
            const QString folder = root + QStringLiteral("/%1").arg(caller);
            while (next++ < count) {
                const QString name = QString::number(timer.nsecsElapsed());
                const QString part = root + QStringLiteral("/part-%1-%2").arg(caller).arg(name);
                const int fd = *files.create(part);
                mustDo(files.write(fd, bytes));
                mustDo(files.sync(fd));
                files.close(fd);
                mustDo(files.rename(part, folder + QLatin1Char('/') + name));
                mustDo(files.syncFolder(folder));
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    return count / (double(timer.nsecsElapsed()) / 1e9);
}

// MB/s.
double rateSince(const QElapsedTimer &timer)
{
    return double(kLongBytes) / 1e6 / (double(timer.nsecsElapsed()) / 1e9);
}

double measureLong(const QString &root)
{
    PosixFileSystem files;
    const SystemClock clock;
    const auto archive = openAt(root, files, clock);
    const QByteArray chunk(kChunkBytes, 'x');
    QElapsedTimer timer;
    timer.start();
    auto staged = archive->stageFile({});
    for (qint64 done = 0; done < kLongBytes; done += chunk.size()) {
        while ((*staged)->pending() > 16 * kChunkBytes)
            std::this_thread::yield();
        (*staged)->write(chunk);
    }
    auto placed = (*staged)->place(placementOf(1, 1));
    placed.waitForFinished();
    mustDo(placed.result());
    return rateSince(timer);
}

struct Parts {
    double writing = 0; // MB/s, like the other
    double hashing = 0;
};

Parts measureParts(const QString &root)
{
    PosixFileSystem files;
    const QByteArray chunk(kChunkBytes, 'x');
    QElapsedTimer timer;
    timer.start();
    QDir().mkpath(root);
    const int fd = *files.create(root + QStringLiteral("/raw"));
    for (qint64 done = 0; done < kLongBytes; done += chunk.size())
        mustDo(files.write(fd, chunk));
    mustDo(files.sync(fd));
    files.close(fd);
    Parts out;
    out.writing = rateSince(timer);
    timer.restart();
    Hasher hasher;
    for (qint64 done = 0; done < kLongBytes; done += chunk.size())
        hasher.add(chunk);
    static_cast<void>(hasher.current());
    out.hashing = rateSince(timer);
    return out;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    QCommandLineParser options;
    options.addOption(
        {QStringLiteral("folder"), QStringLiteral("on the disk to be measured"), QStringLiteral("DIR")});
    options.addOption({QStringLiteral("callers"), QStringLiteral("uploads at once"), QStringLiteral("N"),
                       QStringLiteral("14")});
    options.addOption(
        {QStringLiteral("files"), QStringLiteral("per figure"), QStringLiteral("N"), QStringLiteral("5000")});
    readArguments(options);
    const int callers = numberOf(options, "callers", 1, 1'000);
    const int count = numberOf(options, "files", 1, 10'000'000);
    const QTemporaryDir temporary(folderOf(options, QDir::tempPath()) + QStringLiteral("/archive-XXXXXX"));
    Report out(options.isSet(QStringLiteral("json")));
    if (!temporary.isValid())
        giveUp(temporary.errorString());
    PosixFileSystem synced;
    UnsyncedFileSystem notSynced;
    const double alone = measureAlone(temporary.filePath(QStringLiteral("e")), callers, count);
    const QString small = QStringLiteral("archive, 50 KB files");
    measureSmall(out, small, temporary.filePath(QStringLiteral("a")), synced, callers, count, alone);
    measureSmall(out, small + QStringLiteral(", without sync"), temporary.filePath(QStringLiteral("b")),
                 notSynced, callers, count, {});
    const Parts parts = measureParts(temporary.filePath(QStringLiteral("c")));
    const double whole = measureLong(temporary.filePath(QStringLiteral("d")));
    const double slowest = std::min(parts.writing, parts.hashing);
    out.add({QStringLiteral("archive, 1 GiB, against the slower of write+fsync and SHA-256"), whole,
             QStringLiteral("MB/s"), 0.9 * slowest, slowest, true});
    out.add({QStringLiteral("write and fsync alone, 1 GiB"),
             parts.writing,
             QStringLiteral("MB/s"),
             {},
             {},
             true});
    out.add({QStringLiteral("SHA-256 alone, 1 GiB"), parts.hashing, QStringLiteral("MB/s"), {}, {}, true});
    return out.allMet() ? 0 : 1;
}
