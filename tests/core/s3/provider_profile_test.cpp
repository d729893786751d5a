// The providers' files: all load and make an endpoint, and a mistake in one is named by file and field.
#include "s3/endpoint.h"
#include "s3/provider_profile.h"
#include "support/registry.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::s3;

namespace
{

QByteArray fileOf(const QString &id)
{
    QFile file(QStringLiteral(GATEHOUSE_S3_PROFILES "/%1.json").arg(id));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonObject jsonOf(const QString &id)
{
    return QJsonDocument::fromJson(fileOf(id)).object();
}

Result<ProviderProfile> parsed(const QJsonObject &json)
{
    return ProviderProfile::fromJson(QStringLiteral("test"), QJsonDocument(json).toJson());
}

} // namespace

class S3ProviderProfileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFileIsCompiledInAndNamed()
    {
        const auto all = ProviderProfile::loadAll();
        QVERIFY2(all, qPrintable(all ? QString() : all.error().text));
        const QStringList files =
            QDir(QStringLiteral(GATEHOUSE_S3_PROFILES)).entryList({QStringLiteral("*.json")});
        QCOMPARE(all->size(), files.size());
        QVERIFY(files.size() >= 12);
        QCOMPARE(all->last().id, QStringLiteral("other"));
        QCOMPARE(ProviderProfile::load(QStringLiteral("nobody")).error().kind, ErrorKind::NotFound);
    }

    void everyProviderMakesAnEndpoint()
    {
        const auto all = ProviderProfile::loadAll();
        QVERIFY(all);
        for (const ProviderProfile &profile : *all) {
            BucketAddress address{{}, profile.regions.value(0), {}, QStringLiteral("my-bucket")};
            if (profile.needsAccount)
                address.account = QStringLiteral("0123abc");
            if (profile.endpoint.isEmpty())
                address.endpoint = QStringLiteral("https://nas.example:9000");
            const auto endpoint = Endpoint::make(profile, address);
            QVERIFY2(endpoint, qPrintable(profile.id));
            QVERIFY2(!endpoint->host().contains('{'), endpoint->host());
            QVERIFY2(endpoint->url("a b", {}).endsWith("/a%20b"), endpoint->url("a b", {}));
            // Only a provider is paid; whoever is has a price, and one that is dated.
            QCOMPARE(profile.prices.has_value(), profile.needsHttps);
            QVERIFY2(!profile.prices || profile.prices->checked < QDate(2030, 1, 1), qPrintable(profile.id));
        }
    }

    void aMissingFieldIsNamed()
    {
        const QJsonObject whole = jsonOf(QStringLiteral("wasabi"));
        QVERIFY(parsed(whole));
        for (const QString &field : whole.keys()) {
            QJsonObject json = whole;
            json.remove(field);
            const auto profile = parsed(json);
            QVERIFY2(!profile, qPrintable(field));
            QCOMPARE(profile.error().kind, ErrorKind::Invalid);
            QCOMPARE(profile.error().text, QStringLiteral("test.json: \"%1\" is missing").arg(field));
            QCOMPARE(profile.error().field, field);
        }
        for (const QString &field : whole[u"prices"].toObject().keys()) {
            QJsonObject prices = whole[u"prices"].toObject();
            prices.remove(field);
            QJsonObject json = whole;
            json[QStringLiteral("prices")] = prices;
            QCOMPARE(parsed(json).error().field, QStringLiteral("prices.") + field);
        }
    }

    void aWrongValueIsNamed_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QJsonValue>("value");
        const auto row = [](const char *field, const QJsonValue &value) {
            QTest::addRow("%s %s", field,
                          QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact).constData())
                << QString::fromLatin1(field) << value;
        };
        row("name", QString());
        row("name", 5);
        row("source", QStringLiteral("http://example.com"));
        row("endpoint", QStringLiteral("https://s3.{zone}.example.com"));
        row("endpoint", QStringLiteral("https://s3.example.com/path"));
        row("regions", QStringLiteral("eu"));
        row("regions", QJsonArray{5});
        row("needsHttps", 1);
        row("addressing", QStringLiteral("dns"));
        row("listVersion", 3);
        row("listVersion", 1.5);
        row("maxParts", 0);
        row("maxParts", 10'001);
        row("minPart", QStringLiteral("5"));
        row("minimumStorageDays", -1);
        row("storageClasses", QJsonArray{QString()});
        row("prices", 5);
        row("misspelt", true);
    }

    void aWrongValueIsNamed()
    {
        QFETCH(QString, field);
        QFETCH(QJsonValue, value);
        QJsonObject json = jsonOf(QStringLiteral("wasabi"));
        json[field] = value;
        const auto profile = parsed(json);
        QVERIFY(!profile);
        QCOMPARE(profile.error().field, field);
        QVERIFY2(profile.error().text.startsWith(QStringLiteral("test.json: \"%1\" ").arg(field)),
                 qPrintable(profile.error().text));
    }

    void aWrongPriceIsNamed_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("date") << QStringLiteral("checked") << QJsonValue(QStringLiteral("21.11.2026"));
        QTest::newRow("currency") << QStringLiteral("currency") << QJsonValue(QStringLiteral("Euro"));
        QTest::newRow("negative") << QStringLiteral("egress") << QJsonValue(-0.1);
        QTest::newRow("unknown") << QStringLiteral("discount") << QJsonValue(1);
    }

    void aWrongPriceIsNamed()
    {
        QFETCH(QString, field);
        QFETCH(QJsonValue, value);
        QJsonObject json = jsonOf(QStringLiteral("wasabi"));
        QJsonObject prices = json[u"prices"].toObject();
        prices[field] = value;
        json[QStringLiteral("prices")] = prices;
        QCOMPARE(parsed(json).error().field, QStringLiteral("prices.") + field);
    }

    void anEndpointWithoutARegionNeedsADefault()
    {
        QJsonObject json = jsonOf(QStringLiteral("minio"));
        json[QStringLiteral("defaultRegion")] = QString();
        QCOMPARE(parsed(json).error().field, QStringLiteral("defaultRegion"));
    }

    void partsFitTheProfile()
    {
        ProviderProfile profile;
        profile.minPart = 5 << 20;
        profile.maxParts = 1000;
        QCOMPARE(partSize(profile, 0), 5 << 20);
        QCOMPARE(partSize(profile, qint64(5000) << 20), 5 << 20);
        QCOMPARE(partSize(profile, (qint64(5000) << 20) + 1), 6 << 20);
        for (const qint64 bytes : {qint64(1), qint64(7'777'777'777), qint64(1) << 40}) {
            const qint64 part = partSize(profile, bytes);
            QVERIFY((bytes + part - 1) / part <= profile.maxParts);
        }
    }

    void aFileThatIsNotJsonIsNamed()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("broken.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(fileOf(QStringLiteral("aws")).chopped(3));
        file.close();
        const auto all = ProviderProfile::loadFolder(folder.path());
        QVERIFY(!all);
        QVERIFY2(all.error().text.startsWith(QLatin1String("broken.json: ")), qPrintable(all.error().text));
    }
};

GATEHOUSE_TEST(S3ProviderProfileTest)
#include "provider_profile_test.moc"
