// How many small files per second the archive makes durable, and how fast it stores a long one.
//   bench_archive FOLDER [callers] [files]
// Each caller has one upload in progress, like a camera. One JSON line per figure. FOLDER is created for the
// run and removed; it must be on the disk to be measured.
#include "archive/archive.h"
#include "archive/hasher.h"
#include "base/posix_file_system.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <sys/resource.h>
#include <thread>
#include <vector>

using namespace gatehouse;
using namespace gatehouse::archive;

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

void report(const char *name, double value, const char *unit)
{
    std::printf("{\"name\":\"%s\",\"ours\":%.2f,\"unit\":\"%s\"}\n", name, value, unit);
    std::fflush(stdout);
}

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
        qFatal("%s", qPrintable(opened.error().text));
    return std::move(*opened);
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

void measureSmall(const char *name, const QString &root, FileSystem &files, int callers, int count)
{
    const SystemClock clock;
    const auto archive = openAt(root, files, clock);
    const QByteArray bytes(kSmallBytes, 'x');
    std::atomic<int> next = 0;
    std::vector<std::vector<double>> waits(static_cast<size_t>(callers));
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
                    qFatal("%s", qPrintable(placed.result().error().text));
                waits[static_cast<size_t>(caller)].push_back(double(wait.nsecsElapsed()) / 1e6);
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    const double seconds = double(timer.nsecsElapsed()) / 1e9;
    std::vector<double> all;
    for (const auto &some : waits)
        all.insert(all.end(), some.begin(), some.end());
    std::sort(all.begin(), all.end());
    const QByteArray prefix(name);
    report(name, count / seconds, "files/s");
    report((prefix + ", processor").constData(), (processorMs() - processorBefore) / count, "ms/file");
    report((prefix + ", p50").constData(), all[all.size() / 2], "ms");
    report((prefix + ", p99").constData(), all[all.size() * 99 / 100], "ms");
}

// The rate if each caller makes its own files durable, without hash, journal and batches.
void measureAlone(const QString &root, int callers, int count)
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
                const int fd = *files.create(root + QStringLiteral("/part-%1-%2").arg(caller).arg(name));
                static_cast<void>(files.write(fd, bytes));
                static_cast<void>(files.sync(fd));
                files.close(fd);
                static_cast<void>(files.rename(root + QStringLiteral("/part-%1-%2").arg(caller).arg(name),
                                               folder + QLatin1Char('/') + name));
                static_cast<void>(files.syncFolder(folder));
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    report("each caller by itself, 50 KB files", count / (double(timer.nsecsElapsed()) / 1e9), "files/s");
}

void measureLong(const QString &root)
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
    report("archive, 1 GiB", 1073.7 / (double(timer.nsecsElapsed()) / 1e9), "MB/s");
}

void measureParts(const QString &root)
{
    PosixFileSystem files;
    const QByteArray chunk(kChunkBytes, 'x');
    QElapsedTimer timer;
    timer.start();
    QDir().mkpath(root);
    const int fd = *files.create(root + QStringLiteral("/raw"));
    for (qint64 done = 0; done < kLongBytes; done += chunk.size())
        static_cast<void>(files.write(fd, chunk));
    static_cast<void>(files.sync(fd));
    files.close(fd);
    report("write and fsync alone, 1 GiB", 1073.7 / (double(timer.nsecsElapsed()) / 1e9), "MB/s");
    timer.restart();
    Hasher hasher;
    for (qint64 done = 0; done < kLongBytes; done += chunk.size())
        hasher.add(chunk);
    static_cast<void>(hasher.current());
    report("SHA-256 alone, 1 GiB", 1073.7 / (double(timer.nsecsElapsed()) / 1e9), "MB/s");
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 2)
        qFatal("bench_archive FOLDER [callers] [files]");
    const QString folder = arguments[1] + QStringLiteral("/archive-bench");
    const int callers = arguments.value(2, QStringLiteral("14")).toInt();
    const int count = arguments.value(3, QStringLiteral("5000")).toInt();
    QDir(folder).removeRecursively();
    PosixFileSystem synced;
    UnsyncedFileSystem notSynced;
    measureSmall("archive, 50 KB files", folder + QStringLiteral("/a"), synced, callers, count);
    measureAlone(folder + QStringLiteral("/e"), callers, count);
    measureSmall("archive, 50 KB files, without sync", folder + QStringLiteral("/b"), notSynced, callers,
                 count);
    measureParts(folder + QStringLiteral("/c"));
    measureLong(folder + QStringLiteral("/d"));
    QDir(folder).removeRecursively();
    return 0;
}
