// How long posters and full examinations take: for one 30 s clip of 1080p, compared with the ffmpeg program,
// and for 14 cameras' clips that arrive at once, through the worker pool.
#include "bench_report.h"
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

using namespace gatehouse;
using namespace gatehouse::bench;
using namespace gatehouse::media;

namespace
{

constexpr int kCameras = 14;

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
    if (large.isEmpty() || clips.contains(QString())) {
        std::fprintf(stderr, "this libav cannot make the clips\n");
        return 2;
    }
    oneClip(out, large, folder.filePath(QStringLiteral("poster.jpg")));
    manyCameras(out, clips, folder);
    return out.allMet() ? 0 : 1;
}
