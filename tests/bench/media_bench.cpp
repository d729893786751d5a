// How long posters, full examinations and copies take: for one 30 s clip of 1080p, compared with the ffmpeg
// program, and for 14 cameras' clips that arrive at once, through the worker pool.
#include "bench_report.h"
#include "media/copy/copy_report.h"
#include "media/copy/low_res_job.h"
#include "media/copy/preview_job.h"
#include "media/copy/remux_job.h"
#include "media/probe/examination.h"
#include "media/probe/poster_path.h"
#include "media/worker/examination_queue.h"
#include "support/test_data.h"
#include "support/tiny_media.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <sys/resource.h>

using namespace gatehouse;
using namespace gatehouse::bench;
using namespace gatehouse::media;

namespace
{

constexpr int kCameras = 14;
constexpr double kMaxPreviewSeconds = 0.45;

QString write(const QTemporaryDir &folder, const QString &name, const QByteArray &bytes)
{
    const QString path = folder.filePath(name);
    QFile file(path);
    if (bytes.isEmpty() || !file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        return {};
    return path;
}

double milliseconds(const QElapsedTimer &timer)
{
    return double(timer.nsecsElapsed()) / 1e6;
}

void oneClip(Report &out, const QString &clip, const QString &poster)
{
    QVector<double> ours;
    QVector<double> theirs;
    QVector<double> full;
    for (int i = 0; i < 15; ++i) {
        QElapsedTimer timer;
        timer.start();
        examineFile(clip, poster, Depth::Quick);
        ours.append(milliseconds(timer));
        timer.start();
        QProcess::execute(QStringLiteral("ffmpeg"),
                          {QStringLiteral("-v"), QStringLiteral("error"), QStringLiteral("-y"),
                           QStringLiteral("-ss"), QStringLiteral("10"), QStringLiteral("-i"), clip,
                           QStringLiteral("-frames:v"), QStringLiteral("1"), QStringLiteral("-vf"),
                           QStringLiteral("scale=320:-2"), poster});
        theirs.append(milliseconds(timer));
    }
    for (int i = 0; i < 3; ++i) {
        QElapsedTimer timer;
        timer.start();
        examineFile(clip, poster, Depth::Full);
        full.append(milliseconds(timer));
    }
    out.add({QStringLiteral("media: poster of 30 s of 1080p, p50"),
             percentile(ours, 0.5),
             QStringLiteral("ms"),
             {},
             percentile(theirs, 0.5)});
    out.add({QStringLiteral("media: full check of 30 s of 1080p, p50"),
             percentile(full, 0.5),
             QStringLiteral("ms"),
             {},
             {}});
}

// From the moment that all clips exist to each one's poster.
void manyCameras(Report &out, const QStringList &clips, const QTemporaryDir &folder)
{
    WorkerOptions options;
    options.program = tests::program();
    options.arguments = QStringList{QStringLiteral("media-worker")};
    QVector<double> posters;
    QVector<double> checks;
    for (int round = 0; round < 3; ++round) {
        WorkerPool pool(options);
        ExaminationQueue queue(pool);
        QElapsedTimer timer;
        QEventLoop loop;
        QObject::connect(&queue, &ExaminationQueue::posterReady, &loop,
                         [&] { posters.append(milliseconds(timer)); });
        QObject::connect(&queue, &ExaminationQueue::examined, &loop, [&] {
            checks.append(milliseconds(timer));
            if (pool.waiting() == 0)
                loop.quit();
        });
        timer.start();
        for (int i = 0; i < kCameras; ++i)
            queue.examine(ItemId{i + 1}, clips[i % clips.size()],
                          folder.filePath(QStringLiteral("round%1/").arg(round) + posterPath(ItemId{i + 1})));
        loop.exec();
    }
    out.add({QStringLiteral("media: 14 clips at once, arrival to poster, p95"),
             percentile(posters, 0.95),
             QStringLiteral("ms"),
             2000.0,
             {}});
    out.add({QStringLiteral("media: 14 clips at once, arrival to full check, p95"),
             percentile(checks, 0.95),
             QStringLiteral("ms"),
             {},
             {}});
}

// CPU seconds of all child processes that have exited.
double childSeconds()
{
    rusage used{};
    ::getrusage(RUSAGE_CHILDREN, &used);
    return double(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           double(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

// CPU seconds of a worker process that makes one copy.
double copyingSeconds(const JobKind &kind, const QString &clip, const QString &copy)
{
    const double before = childSeconds();
    {
        WorkerOptions options;
        options.program = tests::program();
        options.arguments = QStringList{QStringLiteral("media-copier")};
        options.limits = kCopyLimits;
        WorkerPool pool(options);
        QEventLoop loop;
        CopyReport report;
        QObject::connect(&pool, &WorkerPool::finished, &loop,
                         [&](const Job &, JobEnd, const QJsonObject &result) {
                             report = CopyReport::fromJson(result);
                             loop.quit();
                         });
        pool.add({&kind, ItemId{1}, clip, copy});
        loop.exec();
        if (!report.isMade())
            giveUp(report.reason);
    }
    return childSeconds() - before;
}

// None: there is no ffmpeg program.
std::optional<double> ffmpegSeconds(const QStringList &arguments)
{
    const double before = childSeconds();
    QProcess ffmpeg;
    ffmpeg.setStandardErrorFile(QProcess::nullDevice());
    ffmpeg.start(QStringLiteral("ffmpeg"), QStringList{QStringLiteral("-y")} + arguments);
    if (!ffmpeg.waitForFinished(-1) || ffmpeg.exitCode() != 0)
        return std::nullopt;
    return childSeconds() - before;
}

// With the settings of low_res_job.cpp and preview_job.cpp.
void copies(Report &out, const QString &clip, const QTemporaryDir &folder)
{
    const auto words = [&](const char *text) {
        return QString::fromLatin1(text)
            .arg(clip, folder.filePath(QStringLiteral("peer.mp4")))
            .split(QLatin1Char(' '));
    };
    const QStringList lowRes = words(
        "-i %1 -vf scale=640:360:flags=bilinear -c:v libx264 -preset veryfast -crf 25 -maxrate 330k "
        "-bufsize 165k -bf 0 -sc_threshold 0 -force_key_frames expr:gte(t,n_forced*2) -c:a aac -ar 16000 "
        "-ac 1 -b:a 32k -movflags +faststart %2");
    const QStringList preview =
        words("-skip_frame nokey -i %1 -an -vf scale=320:180:flags=bilinear -vsync vfr -c:v libx264 "
              "-preset ultrafast -crf 26 -g 1 -movflags +faststart %2");
    const QStringList remux = words("-i %1 -c copy -movflags +faststart %2");
    const QString copy = folder.filePath(QStringLiteral("copy.mp4"));
    const auto small = ffmpegSeconds(lowRes);
    out.add({QStringLiteral("media: low-res copy of 30 s of 1080p, CPU"),
             copyingSeconds(kLowResJob, clip, copy), QStringLiteral("s"), small, small});
    out.add({QStringLiteral("media: preview of 30 s of 1080p, CPU"), copyingSeconds(kPreviewJob, clip, copy),
             QStringLiteral("s"), kMaxPreviewSeconds, ffmpegSeconds(preview)});
    // Both are decoded to compare them, which the peer leaves out.
    out.add({QStringLiteral("media: MP4 of 30 s of 1080p, CPU"),
             copyingSeconds(kRemuxJob, clip, copy),
             QStringLiteral("s"),
             {},
             ffmpegSeconds(remux)});
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCommandLineParser options;
    bench::readArguments(options);
    Report out(options.isSet(QStringLiteral("json")));
    const QTemporaryDir folder;
    const QString large =
        write(folder, QStringLiteral("large.mp4"),
              tests::makeClip({.width = 1920, .height = 1080, .fps = 25, .seconds = 30, .withSound = true}));
    QStringList clips;
    for (const QByteArray container : {"mp4", "matroska", "avi", "mpegts"})
        clips.append(write(folder, QString::fromLatin1(container),
                           tests::makeClip({.container = container,
                                            .width = 1280,
                                            .height = 720,
                                            .fps = 15,
                                            .seconds = 10,
                                            .withSound = true})));
    if (large.isEmpty() || clips.contains(QString()))
        bench::giveUp(QStringLiteral("This libav cannot make the clips"));
    oneClip(out, large, folder.filePath(QStringLiteral("poster.jpg")));
    copies(out, large, folder);
    manyCameras(out, clips, folder);
    return out.allMet() ? 0 : 1;
}
