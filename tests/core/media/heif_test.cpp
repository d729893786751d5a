// HEIC and AVIF pictures: shown with correct colours and orientation, examined within a worker's limits; and
// files that are truncated, made to be expensive, or damaged at random.
#include "media/picture/decoder_geometry.h"
#include "media/picture/picture_file.h"
#include "media/playback/decoder_clip.h"
#include "media/probe/examination.h"
#include "media/worker/examination_queue.h"
#include "mutations.h"
#include "support/registry.h"
#include "support/test_data.h"
#include "support/tiny_media.h"

#include <QElapsedTimer>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using namespace gatehouse;
using namespace gatehouse::media;
using namespace gatehouse::tests;

namespace
{

// The colour at a quarter of the way from each corner: r, g, b, w; left to right, top to bottom.
QByteArray fieldsOf(const QImage &image)
{
    QByteArray out;
    for (const int y : {image.height() / 4, image.height() * 3 / 4}) {
        for (const int x : {image.width() / 4, image.width() * 3 / 4}) {
            const QRgb point = image.pixel(x, y);
            const auto isFull = [](int part) { return part > 220; };
            const auto isNone = [](int part) { return part < 35; };
            const bool isRed = isFull(qRed(point));
            const bool isGreen = isFull(qGreen(point));
            const bool isBlue = isFull(qBlue(point));
            const bool isClear = (isRed || isNone(qRed(point))) && (isGreen || isNone(qGreen(point))) &&
                                 (isBlue || isNone(qBlue(point)));
            if (!isClear)
                out += '?';
            else
                out += isRed && isGreen && isBlue ? 'w' : isRed ? 'r' : isGreen ? 'g' : isBlue ? 'b' : '0';
        }
    }
    return out;
}

// As the player shows it.
QImage shownOf(const QString &path)
{
    const auto opened = ClipDecoder::open(path);
    if (!opened)
        return {};
    const auto frame = (*opened)->next();
    PictureMaker maker;
    const PicturePtr picture = frame ? maker.make(*frame->frame, (*opened)->orientation(), 0) : nullptr;
    if (!picture)
        return {};
    return QImage(picture->bytes.data(), picture->width, picture->height, int(picture->stride),
                  QImage::Format_RGB32)
        .copy();
}

quint32 fuzzSeed()
{
    return quint32(qMax(1, qEnvironmentVariableIntValue("GATEHOUSE_FUZZ_SEED")));
}

QByteArray withSize(QByteArray bytes, quint32 width, quint32 height)
{
    for (qsizetype at = bytes.indexOf("ispe"); at > 0; at = bytes.indexOf("ispe", at + 4)) {
        qToBigEndian(width, bytes.data() + at + 8);
        qToBigEndian(height, bytes.data() + at + 12);
    }
    return bytes;
}

} // namespace

class HeifTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(!makeHeif({}).isEmpty());
    }
    void showsPictures_data();
    void showsPictures();
    void appliesItsOrientationOnce_data();
    void appliesItsOrientationOnce();
    void assemblesAGrid();
    void readsTheCaptureTime();
    void reportsTruncatedPicturesAsIncomplete_data() { showsPictures_data(); }
    void reportsTruncatedPicturesAsIncomplete();
    void rejectsDecompressionBombs_data();
    void rejectsDecompressionBombs();
    void workersReadHeifWithinTheirLimits();
    void parserSurvivesDamagedStructures();
    void damagedPicturesDoNotAffectOthers();

private:
    QString write(const QByteArray &bytes, const QString &name = QStringLiteral("file"))
    {
        const QString path = m_folder->filePath(name);
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? path : QString();
    }
    ProbeResult examined(const QByteArray &bytes)
    {
        return examineFile(write(bytes), poster(), Depth::Quick).result;
    }
    [[nodiscard]] QString poster() const { return m_folder->filePath(QStringLiteral("poster.jpg")); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void HeifTest::showsPictures_data()
{
    QTest::addColumn<bool>("isAvif");
    QTest::newRow("HEIC") << false;
    QTest::newRow("AVIF") << true;
}

void HeifTest::showsPictures()
{
    QFETCH(bool, isAvif);
    for (const int width : {256, 331}) {
        const ProbeResult found = examined(makeHeif({.isAvif = isAvif, .width = width, .height = 202}));
        QVERIFY2(found.state == ItemState::Ok, qPrintable(found.reason));
        QCOMPARE(found.reason, QString());
        QCOMPARE(found.kind, Kind::Still);
        QCOMPARE(found.width, width);
        QCOMPARE(found.height, 202);
        QCOMPARE(found.videoCodec, isAvif ? QStringLiteral("av1") : QStringLiteral("hevc"));
        QVERIFY(found.hasPoster());
        QCOMPARE(fieldsOf(QImage(poster())), QByteArray("rgbw"));
        const QImage shown = shownOf(m_folder->filePath(QStringLiteral("file")));
        QCOMPARE(shown.size(), QSize(width, 202));
        QCOMPARE(fieldsOf(shown), QByteArray("rgbw"));
    }
}

void HeifTest::appliesItsOrientationOnce_data()
{
    QTest::addColumn<int>("orientation");
    QTest::addColumn<QByteArray>("fields");
    const char *fields[] = {"rgbw", "grwb", "wbgr", "bwrg", "rbgw", "brwg", "wgbr", "gwrb"};
    for (int orientation = 1; orientation <= 8; ++orientation)
        QTest::addRow("%d", orientation) << orientation << QByteArray(fields[orientation - 1]);
}

void HeifTest::appliesItsOrientationOnce()
{
    QFETCH(int, orientation);
    QFETCH(QByteArray, fields);
    // EXIF that agrees, as phones write it, or disagrees, changes nothing.
    for (const int exif : {0, orientation, 6}) {
        const ProbeResult found = examined(makeHeif({.orientation = exif, .ownTurn = orientation}));
        QVERIFY2(found.state == ItemState::Ok, qPrintable(found.reason));
        const QSize size = orientation < 5 ? QSize(256, 160) : QSize(160, 256);
        QCOMPARE(QSize(found.width, found.height), size);
        QCOMPARE(fieldsOf(QImage(poster())), fields);
        const QImage shown = shownOf(m_folder->filePath(QStringLiteral("file")));
        QCOMPARE(shown.size(), size);
        QCOMPARE(fieldsOf(shown), fields);
    }
}

void HeifTest::assemblesAGrid()
{
    const ProbeResult found = examined(heicOfTiles(makeHeif({}), 3, 2, 700, 320));
    QVERIFY2(found.state == ItemState::Ok, qPrintable(found.reason));
    QCOMPARE(QSize(found.width, found.height), QSize(700, 320));
    const QImage shown = shownOf(m_folder->filePath(QStringLiteral("file")));
    QCOMPARE(fieldsOf(shown.copy(256, 160, 256, 160)), QByteArray("rgbw"));
    // Wide, as from a panoramic camera.
    const ProbeResult wide = examined(heicOfTiles(makeHeif({}), 59, 2, 15'000, 300));
    QVERIFY2(wide.state == ItemState::Ok, qPrintable(wide.reason));
    QCOMPARE(QSize(wide.width, wide.height), QSize(15'000, 300));
}

void HeifTest::readsTheCaptureTime()
{
    const QDateTime time(QDate(2026, 11, 21), QTime(14, 3, 22), Qt::UTC);
    for (const bool isAvif : {false, true})
        QCOMPARE(examined(makeHeif({.isAvif = isAvif, .exifTime = time})).contentLocalTime, time);
    QVERIFY(!examined(makeHeif({})).contentLocalTime.isValid());
}

void HeifTest::reportsTruncatedPicturesAsIncomplete()
{
    QFETCH(bool, isAvif);
    const QByteArray whole = makeHeif({.isAvif = isAvif});
    for (qsizetype length = 64; length < whole.size(); length += whole.size() / 40 + 1) {
        const ProbeResult found = examined(whole.first(length));
        QVERIFY2(found.state == ItemState::Incomplete, qPrintable(QString::number(length) + found.reason));
        QVERIFY(!found.reason.isEmpty());
        QCOMPARE(found.kind, Kind::Still);
        (void)shownOf(m_folder->filePath(QStringLiteral("file")));
    }
}

void HeifTest::rejectsDecompressionBombs_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<ItemState>("state");
    const QByteArray heic = makeHeif({});
    QTest::newRow("claims the largest size") << withSize(heic, 0xFFFFFFFF, 0xFFFFFFFF) << ItemState::Damaged;
    QTest::newRow("claims a wide picture") << withSize(heic, 100'000, 16) << ItemState::Damaged;
    QTest::newRow("claims many points") << withSize(heic, 16'000, 16'000) << ItemState::Damaged;
    QTest::newRow("AVIF") << withSize(makeHeif({.isAvif = true}), 16'000, 16'000) << ItemState::Damaged;
    QTest::newRow("many tiles") << heicOfTiles(heic, 200, 200, 9'000, 9'000) << ItemState::TooLong;
    QTest::newRow("a large grid") << heicOfTiles(heic, 2, 2, 65'535, 65'535) << ItemState::Damaged;
    const QByteArray large = withSize(heic, 4096, 4096);
    QTest::newRow("large tiles") << heicOfTiles(large, 20, 20, 4'000, 4'000) << ItemState::TooLong;
}

void HeifTest::rejectsDecompressionBombs()
{
    QFETCH(QByteArray, bytes);
    QFETCH(ItemState, state);
    QVERIFY(!bytes.isEmpty());
    QElapsedTimer timer;
    timer.start();
    const ProbeResult found = examined(bytes);
    QVERIFY2(found.state == state, qPrintable(found.reason));
    QVERIFY(!found.reason.isEmpty());
    QVERIFY(!found.hasPoster());
    QVERIFY2(timer.elapsed() < 15'000, qPrintable(QString::number(timer.elapsed())));
}

void HeifTest::workersReadHeifWithinTheirLimits()
{
    WorkerOptions options;
    options.program = QStringLiteral(TEST_WORKER);
    WorkerPool pool(options);
    ExaminationQueue queue(pool);
    QHash<qint64, ProbeResult> answers;
    connect(&queue, &ExaminationQueue::examined, this,
            [&](ItemId item, const ProbeResult &found) { answers.insert(item.value, found); });
    // Some forty million pixels, as from large phones.
    const QByteArray tile = makeHeif({.width = 1024, .height = 1024});
    queue.examine(ItemId{1}, write(makeHeif({}), QStringLiteral("1.heic")), poster());
    queue.examine(ItemId{2}, write(makeHeif({.isAvif = true}), QStringLiteral("2.avif")), poster());
    queue.examine(ItemId{3}, write(heicOfTiles(tile, 8, 5, 8'064, 5'000), QStringLiteral("3.heic")),
                  poster());
    // Workers run at the lowest priority: on a busy machine this takes minutes.
    QTRY_COMPARE_WITH_TIMEOUT(answers.size(), 3, 300'000);
    for (const ProbeResult &found : answers)
        QVERIFY2(found.state == ItemState::Ok && found.hasPoster(), qPrintable(found.reason));
}

// In this process: Gatehouse's own parser must not need the worker's sandbox.
void HeifTest::parserSurvivesDamagedStructures()
{
    const quint32 seed = fuzzSeed();
    // Little data, so that the damage hits the structure.
    const auto structureOf = [](const QByteArray &whole) { return whole.first(whole.indexOf("mdat") + 20); };
    const QDateTime time(QDate(2026, 11, 21), QTime(14, 3, 22), Qt::UTC);
    const QByteArray heic = makeHeif({.exifTime = time, .ownTurn = 6});
    Mutations mutations({heic, structureOf(heic), structureOf(makeHeif({.isAvif = true})),
                         structureOf(heicOfTiles(makeHeif({}), 3, 3, 700, 400))},
                        seed);
    for (int i = 0; i < (isLongRun() ? 2'000'000 : 50'000); ++i) {
        const QByteArray bytes = mutations.next();
        if (const auto outline = outlineOf(bytes)) {
            const QByteArray input = "seed " + QByteArray::number(seed) + " input " + QByteArray::number(i);
            QVERIFY2(outline->width >= 0 && outline->height >= 0 && outline->points >= 0, input);
            QVERIFY2(outline->length <= bytes.size(), input);
        }
    }
}

void HeifTest::damagedPicturesDoNotAffectOthers()
{
    const quint32 seed = fuzzSeed();
    const QDateTime time(QDate(2026, 11, 21), QTime(14, 3, 22), Qt::UTC);
    Mutations mutations({makeHeif({.exifTime = time, .ownTurn = 6}),
                         makeHeif({.isAvif = true, .exifTime = time}),
                         heicOfTiles(makeHeif({}), 2, 2, 500, 300)},
                        seed);
    WorkerOptions options;
    options.program = QStringLiteral(TEST_WORKER);
    WorkerPool pool(options);
    ExaminationQueue queue(pool);
    const int count = isLongRun() ? 20'000 : 600;
    int states[5] = {};
    int answered = 0;
    int given = 0;
    const auto giveNext = [&] {
        if (given >= count)
            return;
        const qint64 item = ++given;
        queue.examine(ItemId{item}, write(mutations.next(), QString::number(item)),
                      m_folder->filePath(QStringLiteral("%1.jpg").arg(item)));
    };
    connect(&queue, &ExaminationQueue::examined, this, [&](ItemId item, const ProbeResult &found) {
        ++answered;
        ++states[int(found.state)];
        const QByteArray input = "input " + QByteArray::number(item.value);
        QVERIFY2(found.state != ItemState::Unexamined, input);
        QVERIFY2(found.state == ItemState::Ok || !found.reason.isEmpty(), input);
        QVERIFY2(found.state != ItemState::Ok || !found.reason.isEmpty() || found.width > 0, input);
        QFile::remove(m_folder->filePath(QString::number(item.value)));
        giveNext();
    });
    for (int i = 0; i < 8; ++i)
        giveNext();
    QTRY_COMPARE_WITH_TIMEOUT(answered, count, 600'000);
    qInfo("seed %u, %d inputs: %d ok, %d incomplete, %d damaged, %d too long", seed, count,
          states[int(ItemState::Ok)], states[int(ItemState::Incomplete)], states[int(ItemState::Damaged)],
          states[int(ItemState::TooLong)]);
}

GATEHOUSE_TEST(HeifTest)
#include "heif_test.moc"
