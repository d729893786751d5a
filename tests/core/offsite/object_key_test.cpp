// Where objects are in the bucket, whatever cameras call their files.
#include "offsite/object_key.h"
#include "support/registry.h"

#include <QTest>
#include <QUrl>
#include <algorithm>

using namespace gatehouse;
using namespace gatehouse::offsite;

namespace
{

constexpr qint64 kKeyTime = 1'795'269'802'000; // 2026-11-21T14:03:22Z

catalog::Item keyItem(const QString &sourcePath)
{
    catalog::Item item;
    item.id = ItemId{77};
    item.captured = kKeyTime;
    item.received = kKeyTime + 1'500;
    item.sourcePath = sourcePath;
    return item;
}

} // namespace

class ObjectKeyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAreReadableAndSafe_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("name");
        QTest::newRow("plain") << "/2026/11/21/Front Door_00_x.mp4"
                               << "140322-Front_Door_00_x-77.mp4";
        QTest::newRow("upper case") << "/A.JPG"
                                    << "140322-A-77.jpg";
        QTest::newRow("no extension") << "/clip"
                                      << "140322-clip-77";
        QTest::newRow("no name") << "/.jpg"
                                 << "140322-jpg-77";
        QTest::newRow("nothing at all") << "/"
                                        << "140322-unnamed-77";
        QTest::newRow("up and away") << "/a/../..mp4"
                                     << "140322-unnamed-77.mp4";
        QTest::newRow("brackets") << "/23.59.50-00.00.10[M][0@0][0].mp4"
                                  << "140322-23.59.50-00.00.10_M_0_0_0-77.mp4";
        QTest::newRow("letters of any script") << QString::fromUtf8("/Einfahrt süd 門.jpg")
                                               << QString::fromUtf8("140322-Einfahrt_süd_門-77.jpg");
        QTest::newRow("signs") << QString::fromUtf8("/a\nb\x01?&%+ \xF0\x9F\x98\x80z.jpg")
                               << "140322-a_b_z-77.jpg";
        QTest::newRow("extension that is none") << "/a.b c"
                                                << "140322-a.b_c-77";
    }

    void namesAreReadableAndSafe()
    {
        QFETCH(const QString, source);
        QFETCH(const QString, name);
        const QString key =
            objectKey(QStringLiteral("home/"), QStringLiteral("Front Door"), keyItem(source), Part::Original);
        QCOMPARE(key, QStringLiteral("home/cameras/Front_Door/2026/11/21/") + name);
    }

    void partsOfAnItemHaveKeysOfTheirOwn()
    {
        const catalog::Item item = keyItem(QStringLiteral("/a.mkv"));
        const auto key = [&](Part part) { return objectKey({}, QStringLiteral("c"), item, part); };
        QVERIFY(key(Part::Original).endsWith(QLatin1String("-77.mkv")));
        QVERIFY(key(Part::LowRes).endsWith(QLatin1String("-77.low.mp4")));
        QVERIFY(key(Part::Poster).endsWith(QLatin1String("-77.poster.jpg")));
    }

    void longNamesStayBelowTheLimit()
    {
        const QString longName(4'000, QChar(0x9580));
        const QString key =
            objectKey(QStringLiteral("home/"), longName,
                      keyItem(QLatin1Char('/') + longName + QLatin1String(".jpg")), Part::Original);
        QVERIFY(key.toUtf8().size() < 512);
        QVERIFY(key.endsWith(QLatin1String("-77.jpg")));
    }

    void prefixAndSiteAreChecked_data()
    {
        QTest::addColumn<QString>("prefix");
        QTest::addColumn<QString>("site");
        QTest::addColumn<QString>("root"); // empty: refused
        QTest::addColumn<QString>("field");
        QTest::newRow("site only") << ""
                                   << "home"
                                   << "home/"
                                   << "";
        QTest::newRow("slashes") << "/a//b/"
                                 << "home"
                                 << "a/b/home/"
                                 << "";
        QTest::newRow("no site") << ""
                                 << " "
                                 << ""
                                 << "site";
        QTest::newRow("site with a slash") << ""
                                           << "a/b"
                                           << ""
                                           << "site";
        QTest::newRow("up") << "../x"
                            << "home"
                            << ""
                            << "prefix";
        QTest::newRow("space") << "a b"
                               << "home"
                               << ""
                               << "prefix";
        QTest::newRow("too long") << QString(70, QLatin1Char('a')).append(QLatin1Char('/')).repeated(5)
                                  << "home"
                                  << ""
                                  << "prefix";
    }

    void prefixAndSiteAreChecked()
    {
        QFETCH(const QString, prefix);
        QFETCH(const QString, site);
        QFETCH(const QString, root);
        QFETCH(const QString, field);
        const auto made = rootOf(prefix, site);
        QCOMPARE(made.has_value(), !root.isEmpty());
        QCOMPARE(made ? *made : QString(), root);
        QCOMPARE(made ? QString() : made.error().field, field);
    }

    void metadataIsShortAndPrintable()
    {
        catalog::Item item =
            keyItem(QLatin1Char('/') + QString(3'000, QChar(0x9580)) + QLatin1String(" 1.jpg"));
        const auto metadata =
            metadataOf(item, QString(500, QChar(0xE4)), Part::Original, QByteArray(32, '\x01'));
        qsizetype size = 0;
        for (auto it = metadata.cbegin(); it != metadata.cend(); ++it) {
            size += it.key().size() + it.value().size();
            QVERIFY2(
                std::all_of(it.value().begin(), it.value().end(), [](char c) { return c > ' ' && c <= '~'; }),
                it.value().constData());
        }
        QVERIFY(size < 2'048);
        QCOMPARE(metadata.value("sha256"), QByteArray("01").repeated(32));
        QCOMPARE(metadata.value("captured"), QByteArray("2026-11-21T14:03:22.000Z"));
        QVERIFY(QUrl::fromPercentEncoding(metadata.value("name")).endsWith(QLatin1String(" 1.jpg")));
    }
};

GATEHOUSE_TEST(ObjectKeyTest)
#include "object_key_test.moc"
