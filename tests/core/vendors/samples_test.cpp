// Every brand's file contains its own samples: this runs them all, so a new brand needs no new test.
#include "loaded_matcher.h"
#include "support/registry.h"
#include "vendors/file_extension.h"
#include "vendors/matcher.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::vendors;

namespace
{

QString written(const QDateTime &local)
{
    return local.isValid() ? local.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzz")) : QString();
}

QJsonObject described(const PathMetadata &metadata)
{
    QJsonObject out;
    out[QStringLiteral("vendor")] = metadata.vendor;
    out[QStringLiteral("kind")] = nameOf(metadata.kind);
    out[QStringLiteral("trigger")] = nameOf(metadata.trigger);
    out[QStringLiteral("subject")] = nameOf(metadata.subject);
    out[QStringLiteral("local")] = written(metadata.local);
    out[QStringLiteral("date")] = metadata.date.toString(Qt::ISODate);
    out[QStringLiteral("time")] = metadata.time.toString(Qt::ISODate);
    out[QStringLiteral("utc")] = metadata.utc;
    out[QStringLiteral("duration")] = metadata.duration;
    out[QStringLiteral("inProgress")] = metadata.inProgress;
    out[QStringLiteral("fixedName")] = metadata.fixedName;
    out[QStringLiteral("test")] = metadata.isTestName;
    return out;
}

QJsonObject expected(const QString &vendor, const QJsonObject &sample)
{
    const QDateTime local = QDateTime::fromString(sample[u"local"].toString(), Qt::ISODateWithMs);
    QJsonObject out;
    out[QStringLiteral("vendor")] = vendor;
    out[QStringLiteral("local")] = written(local);
    for (const char *text : {"kind", "trigger", "subject", "date", "time"})
        out[QLatin1String(text)] = sample[QLatin1String(text)].toString();
    for (const char *number : {"utc", "duration"})
        out[QLatin1String(number)] = sample[QLatin1String(number)].toInteger();
    for (const char *flag : {"inProgress", "fixedName", "test"})
        out[QLatin1String(flag)] = sample[QLatin1String(flag)].toBool();
    return out;
}

QByteArray text(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonObject contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

} // namespace

class VendorSamplesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void samplesParseAsDeclared_data()
    {
        QTest::addColumn<QString>("vendor");
        QTest::addColumn<QJsonObject>("sample");
        const QDir folder(QStringLiteral(GATEHOUSE_VENDOR_FILES));
        for (const QString &name : folder.entryList({QStringLiteral("*.json")})) {
            const QJsonArray samples = contentOf(folder.filePath(name))[u"samples"].toArray();
            QVERIFY2(!samples.isEmpty(), qPrintable(name + QStringLiteral(" has no samples")));
            for (const QJsonValue &sample : samples) {
                const QString path = sample[u"path"].toString();
                QTest::newRow(qPrintable(name + QLatin1Char(' ') + path))
                    << name.chopped(5) << sample.toObject();
            }
        }
    }

    void samplesParseAsDeclared()
    {
        QFETCH(QString, vendor);
        QFETCH(QJsonObject, sample);
        const PathMetadata metadata = m_matcher->match(sample[u"path"].toString());
        QCOMPARE(text(described(metadata)), text(expected(vendor, sample)));
        if (sample.contains(u"key"))
            QCOMPARE(metadata.cameraKey, sample[u"key"].toString());
        if (sample.contains(u"label"))
            QCOMPARE(metadata.cameraName, sample[u"label"].toString());
    }

    // Removes each of a file's forms in turn; if no sample fails, the form is untested.
    void everyFormHasASample()
    {
        QStringList untried;
        const QDir folder(QStringLiteral(GATEHOUSE_VENDOR_FILES));
        for (const QString &name : folder.entryList({QStringLiteral("*.json")})) {
            const QJsonObject whole = contentOf(folder.filePath(name));
            const QJsonArray forms = whole[u"forms"].toArray();
            for (int i = 0; i < forms.size(); ++i) {
                QJsonArray alone;
                alone.append(forms[i]);
                QJsonObject cut = whole;
                cut[QStringLiteral("forms")] = alone;
                if (!anySampleIsKnown(name, cut))
                    untried.append(name + QStringLiteral(": ") + forms[i][u"name"].toString());
            }
        }
        QVERIFY2(untried.isEmpty(), qPrintable(untried.join(QLatin1Char('\n'))));
    }

    void derivesTheKindFromTheExtension()
    {
        for (const char *name : {"a.jpg", "a/b.HEIC", "a.heif", "a.HIF", "a.avif"})
            QCOMPARE(kindByExtension(QString::fromLatin1(name)), Kind::Still);
        for (const char *name : {"a.mp4", "a/b.264", "a.hevc"})
            QCOMPARE(kindByExtension(QString::fromLatin1(name)), Kind::Clip);
        QCOMPARE(kindByExtension(QStringLiteral("a/b")), Kind::Other);
    }

    void namesAnInvalidFile()
    {
        const QTemporaryDir folder;
        const auto errorOf = [&](const char *content) {
            QFile file(folder.filePath(QStringLiteral("brand.json")));
            if (!file.open(QIODevice::WriteOnly))
                return QString();
            file.write(QByteArray(content).replace('\'', '"'));
            file.close();
            const auto loaded = Matcher::loadFolder(folder.path());
            return loaded ? QString() : loaded.error().text;
        };
        QVERIFY(errorOf("{").contains(QStringLiteral("brand.json")));
        QVERIFY(errorOf("{'forms':[{'name':'a','pattern':'['}]}").contains(QStringLiteral("form \"a\"")));
        QVERIFY(errorOf("{'forms':[{'name':'a','patern':'x'}]}").contains(QStringLiteral("patern")));
        QVERIFY(errorOf("{'forms':[{'name':'a','pattern':'x','trigger':'moton'}]}")
                    .contains(QStringLiteral("moton")));
        QVERIFY(
            errorOf("{'forms':[{'name':'a','pattern':'x','kind':'film'}]}").contains(QStringLiteral("kind")));
        QVERIFY(errorOf("{'forms':[{'name':'a','pattern':'x','codes':{'a':'hot'}}]}")
                    .contains(QStringLiteral("hot")));
        QCOMPARE(errorOf("{'forms':[{'name':'a','pattern':'x'}]}"), QString());
        const auto empty = Matcher::loadFolder(folder.filePath(QStringLiteral("absent")));
        QVERIFY(!empty);
        QCOMPARE(empty.error().kind, ErrorKind::Invalid);
    }

private:
    bool anySampleIsKnown(const QString &name, const QJsonObject &file) const
    {
        const QTemporaryDir folder;
        QFile out(folder.filePath(name));
        if (!out.open(QIODevice::WriteOnly))
            return false;
        out.write(QJsonDocument(file).toJson());
        out.close();
        const auto loaded = Matcher::loadFolder(folder.path());
        if (!loaded)
            return false;
        const QString vendor = name.chopped(5);
        for (const QJsonValue &sample : file[u"samples"].toArray()) {
            const PathMetadata metadata = (*loaded)->match(sample[u"path"].toString());
            // Without its forms, the vendor is generic.
            const bool fallBack = vendor == QLatin1String("generic");
            if (fallBack ? text(described(metadata)) == text(expected(vendor, sample.toObject()))
                         : metadata.vendor == vendor)
                return true;
        }
        return false;
    }

    const std::shared_ptr<const Matcher> m_matcher = tests::loadedMatcher();
};

GATEHOUSE_TEST(VendorSamplesTest)
#include "samples_test.moc"
