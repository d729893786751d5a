// Posters are pictures that a worker wrote: JPEG of a poster's size is shown, all else is as if absent.
#include "catalog/operations/add_item.h"
#include "fakes/engine_fixture.h"
#include "models/poster_cache.h"
#include "support/durations.h"
#include "support/registry.h"
#include "support/tiny_media.h"

#include <QBuffer>
#include <QFileInfo>
#include <QSignalSpy>

using namespace gatehouse;
using namespace gatehouse::tests;

class PosterCacheTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsOnlyPosters_data();
    void showsOnlyPosters();
};

namespace
{
QByteArray pngOf(int width, int height)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QImage picture(width, height, QImage::Format_RGB32);
    picture.fill(0);
    picture.save(&buffer, "png");
    return bytes;
}
} // namespace

void PosterCacheTest::showsOnlyPosters_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isShown");
    const QByteArray poster = makeStill({.width = 320, .height = 180});
    QTest::newRow("poster") << poster << true;
    QTest::newRow("another format") << pngOf(320, 180) << false;
    QTest::newRow("large picture") << makeStill({.width = 2'000, .height = 180}) << false;
    QTest::newRow("large file") << poster + QByteArray(300 << 10, '\0') << false;
    QTest::newRow("nothing") << QByteArray() << false;
}

void PosterCacheTest::showsOnlyPosters()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, isShown);
    EngineFixture fixture;
    models::PosterCache posters(fixture.services());
    QSignalSpy loaded(&posters, &models::PosterCache::loaded);
    const catalog::Camera camera = fixture.addCamera(QStringLiteral("Yard"));
    const ItemId item = fixture.add(camera, Kind::Still, QDateTime::currentMSecsSinceEpoch());
    catalog::Examined found;
    found.item = item;
    found.derivatives = {
        {item, catalog::DerivativeKind::Poster, bytes.size(), QStringLiteral("posters/here.jpg")}};
    QVERIFY(fixture.writer->submit(catalog::SetExamined{found}).result());
    const QString path = fixture.services().cache + QStringLiteral("/posters/here.jpg");
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    QVERIFY(posters.picture(item).isNull());
    if (!isShown) {
        QTest::qWait(300);
        QVERIFY(posters.picture(item).isNull());
        QCOMPARE(loaded.size(), 0);
        return;
    }
    QTRY_COMPARE_WITH_TIMEOUT(loaded.size(), 1, kPatience);
    QCOMPARE(posters.picture(item).size(), QSize(320, 180));
}

GATEHOUSE_TEST(PosterCacheTest)
#include "poster_cache_test.moc"
