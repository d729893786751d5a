// Thousands of damaged media files through the examination, in this process: no crash, no hang, and every
// result is plausible. GATEHOUSE_LONG=1 tries 100,000, GATEHOUSE_FUZZ_SEED sets the sequence.
#include "media/probe/examination.h"
#include "mutations.h"
#include "support/registry.h"
#include "support/test_data.h"
#include "support/tiny_media.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::media;
using namespace gatehouse::tests;

namespace
{

constexpr qint64 kMaxAllowedMs = 30'000; // ms, on a busy machine

QVector<QByteArray> seeds()
{
    QVector<QByteArray> out;
    for (const QByteArray container : {"mp4", "matroska", "avi", "mpegts", "vob"}) {
        for (const QByteArray codec : {"h264", "mjpeg", "mpeg4"}) {
            out.append(makeClip({.container = container,
                                 .codec = codec,
                                 .width = 48,
                                 .height = 32,
                                 .fps = 5,
                                 .seconds = 1,
                                 .withSound = container == "mp4"}));
        }
    }
    out.append(
        makeClip({.container = "mp4", .width = 48, .height = 32, .fps = 5, .seconds = 1, .degrees = 90}));
    // x265 overruns its own memory for smaller pictures.
    out.append(makeClip({.codec = "hevc", .width = 160, .height = 128, .fps = 5, .seconds = 1}));
    out.append(makeClip({.container = "h264", .width = 48, .height = 32, .fps = 5, .seconds = 1}));
    const QDateTime time(QDate(2026, 11, 21), QTime(14, 3, 22), Qt::UTC);
    out.append(makeStill({.width = 64, .height = 48, .exifTime = time, .orientation = 6}));
    out.append(makeStill({.width = 64, .height = 48}));
    for (const char *name : {"moonfire_1fps.mp4", "mp4_chunk_out_of_range.mp4", "sample_h264_mp2.ts"}) {
        QFile file(sharedData(QString::fromLatin1(name)));
        if (!sharedData().isEmpty() && file.open(QIODevice::ReadOnly))
            out.append(file.readAll());
    }
    out.removeAll(QByteArray());
    return out;
}

} // namespace

class MediaFuzzTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void damagedFilesGiveSensibleResults();
};

void MediaFuzzTest::damagedFilesGiveSensibleResults()
{
    const QFileInfo shared(QStringLiteral("/dev/shm"));
    const QTemporaryDir folder(shared.isWritable() ? shared.filePath() + QStringLiteral("/media-fuzz-XXXXXX")
                                                   : QString());
    const QString path = folder.filePath(QStringLiteral("file"));
    const QString poster = folder.filePath(QStringLiteral("poster.jpg"));
    const auto all = seeds();
    QVERIFY(all.size() > 10);
    const quint32 randomSeed = quint32(qMax(1, qEnvironmentVariableIntValue("GATEHOUSE_FUZZ_SEED")));
    Mutations mutations(all, randomSeed);
    const int count = isLongRun() ? 100'000 : 10'000;
    qint64 slowest = 0;
    int states[5] = {};
    for (int i = 0; i < count; ++i) {
        QFile file(path);
        const QByteArray bytes = mutations.next();
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QCOMPARE(file.write(bytes), bytes.size());
        file.close();
        QFile::remove(poster);
        QElapsedTimer timer;
        timer.start();
        const Examination quick = examineFile(path, poster, Depth::Quick);
        const Examination found = quick.isFinal ? quick : examineFile(path, poster, Depth::Full);
        slowest = qMax(slowest, timer.elapsed());
        const ProbeResult &result = found.result;
        const QByteArray input = "input " + QByteArray::number(i);
        QVERIFY2(timer.elapsed() < kMaxAllowedMs, input);
        QVERIFY2(found.isFinal && result.state != ItemState::Unexamined, input);
        QVERIFY2(result.state == ItemState::Ok || !result.reason.isEmpty(), input);
        QVERIFY2(result.duration >= 0 && result.width >= 0 && result.height >= 0, input);
        // A file reported as an unsupported kind has no frames.
        QVERIFY2(result.state != ItemState::Ok || !result.reason.isEmpty() ||
                     (result.frames > 0 && result.width > 0),
                 input);
        QVERIFY2(result.hasPoster() == QFile::exists(poster), input);
        QVERIFY2(ProbeResult::fromJson(result.toJson()).state == result.state, input);
        ++states[int(result.state)];
    }
    qInfo("%d inputs: %d ok, %d incomplete, %d damaged; the slowest took %lld ms", count,
          states[int(ItemState::Ok)], states[int(ItemState::Incomplete)], states[int(ItemState::Damaged)],
          static_cast<long long>(slowest));
}

GATEHOUSE_TEST(MediaFuzzTest)
#include "fuzz_test.moc"
