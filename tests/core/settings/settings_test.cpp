#include "settings/fields.h"
#include "settings/paths.h"
#include "settings/settings.h"
#include "support/registry.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <unistd.h>

using namespace gatehouse;
using namespace gatehouse::settings;

class SettingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void usesDefaultsWithoutAFile()
    {
        const auto loaded = load(QStringLiteral("/nonexistent/settings.json"));
        QVERIFY(loaded);
        QCOMPARE(loaded->receiver.port, 2121);
        QCOMPARE(loaded->eventGapSeconds, 60);
    }

    void savesSettingsAndKeepsUnknownMembers()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("settings.json"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"later": {"x": 1}, "retention": {"days": 3, "soon": 2}})");
        file.close();
        Settings settings;
        settings.receiver.port = 21;
        settings.receiver.passiveAddresses.insert(QStringLiteral("10.0.0.0/8"), QStringLiteral("10.0.0.4"));
        settings.receiver.tlsRules = {{QStringLiteral("porch"), {true, {}}},
                                      {QStringLiteral("old"), {false, QStringLiteral("1.0")}}};
        settings.receiver.minTls = QStringLiteral("1.2");
        settings.retention.days = 7;
        QVERIFY(save(path, settings));
        const auto loaded = load(path);
        QVERIFY(loaded);
        QCOMPARE(loaded->receiver.port, 21);
        QCOMPARE(loaded->receiver.passiveAddresses.value(QStringLiteral("10.0.0.0/8")),
                 QStringLiteral("10.0.0.4"));
        QCOMPARE(loaded->receiver.tlsRules, settings.receiver.tlsRules);
        QCOMPARE(loaded->receiver.minTls, QStringLiteral("1.2"));
        QCOMPARE(loaded->retention.days, 7);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray kept = file.readAll();
        QVERIFY(kept.contains("later") && kept.contains("soon"));
    }

    // The table holds every member: what differs anywhere is saved, compared and read back.
    void everyFieldRoundTrips()
    {
        Settings settings;
        for (const Field &field : fields()) {
            QVERIFY2(Settings().toJson() == Settings::fromJson({})->toJson(), field.path);
            const QJsonValue before = field.value(settings);
            QVERIFY2(field.set(settings, before), field.path);
            if (const auto *toggle = std::get_if<Toggle>(&field.kind))
                toggle->in(settings) = !toggle->in(settings);
            else if (const auto *number = std::get_if<Number>(&field.kind))
                number->in(settings) = number->max;
            else if (const auto *size = std::get_if<Size>(&field.kind))
                size->in(settings) = size->max;
            else if (const auto *choice = std::get_if<Choice>(&field.kind))
                choice->in(settings) = QLatin1String(before == QLatin1String(choice->options.back().value)
                                                         ? choice->options.front().value
                                                         : choice->options.back().value);
            else if (const auto *text = std::get_if<Text>(&field.kind))
                text->in(settings) =
                    QStringList{QStringLiteral("archive.folder"), QStringLiteral("offsite.caFile")}.contains(
                        field.id())
                        ? QStringLiteral("/media/disk")
                        : QStringLiteral("10.0.0.4");
            else
                continue;
            QVERIFY2(field.value(settings) != before, field.path);
        }
        settings.receiver.passiveAddresses.insert(QStringLiteral("10.0.0.0/8"), QStringLiteral("10.0.0.4"));
        settings.receiver.tlsRules = {{QStringLiteral("porch"), {true, QStringLiteral("1.3")}}};
        settings.offsite.cameras = {
            {{QStringLiteral("porch"), QString()}, QStringLiteral("stills")},
            {{QStringLiteral("nvr"), QStringLiteral("ch/2")}, QStringLiteral("nothing")},
            {{QStringLiteral("nvr"), QString()}, QStringLiteral("low_res")}};
        const auto again = Settings::fromJson(settings.toJson());
        QVERIFY(again);
        QVERIFY(*again == settings);
        QCOMPARE(settings.changesSince(Settings()), settings.toJson());
    }

    void pathsAndLabelsAreUnique()
    {
        QSet<QString> paths;
        QSet<QString> labels;
        for (const Field &field : fields()) {
            QVERIFY2(!paths.contains(field.id()), field.path);
            paths.insert(field.id());
            QCOMPARE(field.label().isEmpty(), field.section == Section::None);
            QVERIFY2(field.section == Section::None || !labels.contains(field.label()), field.path);
            labels.insert(field.label());
        }
    }

    void searchMatchesEveryWord()
    {
        const QString text = QStringLiteral("Free space to keep Below this, the oldest go first");
        QVERIFY(matches(text, {}));
        QVERIFY(matches(text, QStringLiteral("  OLDEST free ")));
        QVERIFY(!matches(text, QStringLiteral("free port")));
        QVERIFY(matches(QStringLiteral("Passive ports (any)"), QStringLiteral("port any")));
        QVERIFY(!matches(QStringLiteral("what old cameras support"), QStringLiteral("port")));
    }

    void onlyListenerFieldsNeedANewListener()
    {
        Settings now;
        now.retention.days = 3;
        now.receiver.anonymous = true;
        now.receiver.minTls = QStringLiteral("1.2");
        now.receiver.tlsRules = {{QStringLiteral("porch"), {true, {}}}};
        QVERIFY(!needsNewListener(Settings(), now));
        now.receiver.port = 21;
        QVERIFY(needsNewListener(Settings(), now));
    }

    void namesInvalidValues()
    {
        const auto wrong = Settings::fromJson({{QStringLiteral("eventGapSeconds"), 100'000}});
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().field, QStringLiteral("eventGapSeconds"));
        QCOMPARE(wrong.error().text, QStringLiteral("Enter a number from 0 to 3600"));
        const QJsonObject old{{QStringLiteral("leastTls"), QStringLiteral("0.9")}};
        QCOMPARE(Settings::fromJson({{QStringLiteral("receiver"), old}}).error().field,
                 QStringLiteral("receiver.leastTls"));
        QCOMPARE(Settings::fromJson({{QStringLiteral("receiver"), 5}}).error().field,
                 QStringLiteral("receiver"));
        const QJsonObject crossed{{QStringLiteral("passiveFirst"), 5000},
                                  {QStringLiteral("passiveLast"), 4000}};
        QCOMPARE(Settings::fromJson({{QStringLiteral("receiver"), crossed}}).error().field,
                 QStringLiteral("receiver.passiveLast"));
    }

    // Whoever edited the file by hand learns where to look and what to write.
    void namesAnInvalidValueInTheFile()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("settings.json"));
        const auto errorOf = [&path](const QByteArray &text) {
            QFile file(path);
            if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
                return Error();
            file.close();
            const auto loaded = load(path);
            return loaded ? Error() : loaded.error();
        };
        QCOMPARE(errorOf("not json").kind, ErrorKind::Corrupt);
        const Error error = errorOf(R"({"retention": {"days": 4000}})");
        QCOMPARE(error.kind, ErrorKind::Invalid);
        QCOMPARE(error.field, QStringLiteral("retention.days"));
        QCOMPARE(error.text, path + QStringLiteral(", retention.days: Enter a number from 0 to 3650."));
        QVERIFY(errorOf(R"({"startAtLogIn": "yes"})").text.contains(QLatin1String("true or false")));
        QVERIFY(errorOf(R"({"theme": "pink"})").text.contains(QLatin1String("\"dark\"")));
    }

    // A page that was read before somebody else set something else leaves that alone.
    void mergesOnlyChangedFields()
    {
        Settings before;
        before.receiver.minTls = QStringLiteral("1.2");
        Settings page = before;
        page.receiver.port = 2222;
        page.theme = QStringLiteral("dark");
        const QJsonObject receiver{{QStringLiteral("port"), 2222}};
        const QJsonObject changes{{QStringLiteral("receiver"), receiver},
                                  {QStringLiteral("theme"), QStringLiteral("dark")}};
        QCOMPARE(page.changesSince(before), changes);
        QCOMPARE(before.changesSince(before), QJsonObject());
        Settings now = before;
        now.receiver.tlsRules = {{QStringLiteral("porch"), {true, QStringLiteral("1.3")}}};
        now.retention.days = 3;
        const auto merged = now.with(changes);
        QVERIFY(merged);
        QCOMPARE(merged->receiver.port, 2222);
        QCOMPARE(merged->receiver.minTls, QStringLiteral("1.2"));
        QCOMPARE(merged->receiver.tlsRules, now.receiver.tlsRules);
        QCOMPARE(merged->retention.days, 3);
    }

    void validatesTlsRules()
    {
        const auto with = [](const QJsonObject &rule) {
            const QJsonObject rules{{QStringLiteral("porch"), rule}};
            return Settings().with(
                {{QStringLiteral("receiver"), QJsonObject{{QStringLiteral("tlsRules"), rules}}}});
        };
        QVERIFY(with({{QStringLiteral("required"), true}}));
        QVERIFY(with({{QStringLiteral("leastTls"), QStringLiteral("1.0")}}));
        QVERIFY(!with({{QStringLiteral("leastTls"), QStringLiteral("1.4")}}));
        QVERIFY(!with({{QStringLiteral("leastTls"), 1.2}}));
        // What cannot be read does not come to mean that a camera may go without.
        QVERIFY(!with({{QStringLiteral("required"), QStringLiteral("true")}}));
        QVERIFY(!with({{QStringLiteral("required"), 1}}));
        for (const QJsonValue &rules : {QJsonValue(QJsonArray()), QJsonValue(true),
                                        QJsonValue(QJsonObject{{QStringLiteral("porch"), true}})})
            QVERIFY(!Settings().with(
                {{QStringLiteral("receiver"), QJsonObject{{QStringLiteral("tlsRules"), rules}}}}));
    }

    void validatesOffsiteChoices()
    {
        const auto with = [](const QString &field, const QJsonValue &value) {
            return Settings().with({{QStringLiteral("offsite"), QJsonObject{{field, value}}}});
        };
        QVERIFY(!Settings().offsite.isSet());
        const QString choice = QStringLiteral("choice");
        QVERIFY(with(choice, QStringLiteral("low_res")));
        QVERIFY(!with(choice, QStringLiteral("lowres")));
        QVERIFY(!with(choice, QString()));
        const QString cameras = QStringLiteral("cameras");
        const auto of = [](const QJsonValue &value) {
            return QJsonObject{{QStringLiteral("porch"), QJsonObject{{QString(), value}}}};
        };
        QVERIFY(with(cameras, of(QStringLiteral("stills"))));
        // What cannot be read does not come to mean that nothing of a camera goes.
        QVERIFY(!with(cameras, of(QStringLiteral("some"))));
        QVERIFY(!with(cameras, of(true)));
        QVERIFY(!with(cameras, QJsonObject{{QStringLiteral("porch"), QStringLiteral("stills")}}));
        const QString limit = QStringLiteral("uploadLimit");
        QVERIFY(with(limit, 1'000'000'000));
        QVERIFY(!with(limit, 1'000'000'001));
        QVERIFY(!with(limit, -1));
        QVERIFY(!with(QStringLiteral("caFile"), QStringLiteral("own.pem")));
        QVERIFY(!with(QStringLiteral("prefix"), QStringLiteral("two\nlines")));
        QVERIFY(!with(QStringLiteral("site"), QString(501, u'x')));
        QVERIFY(with(QStringLiteral("bucket"), QStringLiteral("evidence"))->offsite.isSet());
        // Never in this file.
        const QByteArray json = QJsonDocument(Settings().toJson()).toJson();
        QVERIFY(!json.toLower().contains("secret"));
    }

    void fallsBackToTheLastGoodFile_data()
    {
        QTest::addColumn<QByteArray>("broken");
        QTest::newRow("no JSON") << QByteArray("{\"receiver\": {\"port\": 2121,}");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("a list") << QByteArray("[1, 2]");
        QTest::newRow("out of range") << QByteArray("{\"retention\": {\"days\": -1}}");
        QTest::newRow("a word for a number") << QByteArray("{\"receiver\": {\"port\": \"ftp\"}}");
        QTest::newRow("bytes") << QByteArray::fromHex("fffe00017b7d");
    }

    void fallsBackToTheLastGoodFile()
    {
        QFETCH(QByteArray, broken);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("settings.json"));
        const auto overwrite = [&path](const QByteArray &bytes) {
            QFile file(path);
            return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
        };
        QVERIFY(overwrite(broken));
        const auto first = loadOrLastGood(path); // there was none yet
        QVERIFY(first.trouble);
        QCOMPARE(first.settings.receiver.port, 2121);
        QVERIFY(overwrite("{\"receiver\": {\"port\": 2222}}"));
        const auto good = loadOrLastGood(path);
        QVERIFY(!good.trouble);
        QCOMPARE(good.settings.receiver.port, 2222);
        QVERIFY(overwrite(broken));
        for (int start = 0; start < 2; ++start) {
            const auto last = loadOrLastGood(path);
            QVERIFY(last.trouble && last.trouble->text.size() > 5);
            QCOMPARE(last.settings.receiver.port, 2222);
        }
        // Applied anew, the file is good again.
        Settings settings = good.settings;
        settings.receiver.port = 2223;
        QVERIFY(save(path, settings));
        QVERIFY(!loadOrLastGood(path).trouble);
    }

    // What version 0.1 read as false or empty is refused now: that alone must not open the receiver to the
    // network.
    void keepsReadableValuesOfAnOlderVersion()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("settings.json"));
        for (const QString &name : {path, path + QStringLiteral(".good")}) {
            QFile file(name);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(R"({"receiver": {"port": 2750, "bind": "127.0.0.1", "anonymous": "yes",
                           "tlsRules": {"porch": {"required": true}}}, "retention": {"days": 400}})");
        }
        const auto loaded = loadOrLastGood(path);
        QVERIFY(loaded.trouble);
        QCOMPARE(loaded.trouble->field, QStringLiteral("receiver.anonymous"));
        QCOMPARE(loaded.settings.receiver.port, 2750);
        QCOMPARE(loaded.settings.receiver.bind, QStringLiteral("127.0.0.1"));
        QVERIFY(loaded.settings.receiver.tlsRules.value(QStringLiteral("porch")).isRequired);
        QCOMPARE(loaded.settings.retention.days, 400);
        QVERIFY(!loaded.settings.receiver.anonymous);
    }

    void treatsNullAsMissing()
    {
        const auto settings = Settings::fromJson(
            {{QStringLiteral("theme"), QJsonValue()}, {QStringLiteral("receiver"), QJsonValue()}});
        QVERIFY(settings);
        QCOMPARE(settings->toJson(), Settings().toJson());
    }

    void keepsAllPathsInOneFolder()
    {
        const Paths paths = Paths::of(QStringLiteral("/tmp/house"));
        QCOMPARE(paths.catalog(), QStringLiteral("/tmp/house/catalog.db"));
        QVERIFY(paths.cache.startsWith(QLatin1String("/tmp/house/")));
        QVERIFY(paths.socket.startsWith(QLatin1String("/tmp/house/")));
        QVERIFY(paths.socket.toUtf8().size() < 100);
        QVERIFY(Paths::of({}).catalog() != paths.catalog());
    }

    // The last good settings count while the file is broken, and looking leaves nothing behind.
    void findsTheArchiveWhereTheSettingsSay()
    {
        const QTemporaryDir folder;
        QCOMPARE(Paths::of(folder.path()).archive(), folder.path() + QStringLiteral("/archive"));
        QVERIFY(QDir(folder.path()).isEmpty());
        const Paths paths = Paths::of(folder.path());
        QVERIFY(QDir().mkpath(paths.config));
        Settings settings;
        settings.archiveFolder = QStringLiteral("/media/disk/recordings");
        QVERIFY(save(paths.settings(), settings));
        QCOMPARE(Paths::of(folder.path()).archive(), settings.archiveFolder);
        QVERIFY(!loadOrLastGood(paths.settings()).trouble);
        QFile broken(paths.settings());
        QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write("{") == 1);
        broken.close();
        QCOMPARE(Paths::of(folder.path()).archive(), settings.archiveFolder);
        for (const char *wrong : {"recordings", "/media//disk", "/media/disk/", "/media/../etc"}) {
            const QJsonObject json{
                {QStringLiteral("archive"), QJsonObject{{QStringLiteral("folder"), QLatin1String(wrong)}}}};
            QCOMPARE(Settings::fromJson(json).error().field, QStringLiteral("archive.folder"));
        }
    }

    // Nobody else may put a socket in its place, whatever the environment says and however deep the data
    // lies.
    void socketFolderIsPrivate()
    {
        const QTemporaryDir runtime;
        const QString deep = QStringLiteral("/tmp/house/") + QString(90, QLatin1Char('d'));
        const QByteArray before = qgetenv("XDG_RUNTIME_DIR");
        qputenv("XDG_RUNTIME_DIR", QFile::encodeName(runtime.path()));
        QVERIFY(Paths::of(deep).socket.startsWith(runtime.path() + QLatin1Char('/')));
        QCOMPARE(Paths::of(deep).socket, Paths::of(deep).socket);
        QVERIFY(Paths::of(deep).socket != Paths::of(deep + QLatin1Char('x')).socket);
        QVERIFY(QFile::setPermissions(runtime.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner |
                                                          QFile::ReadOther | QFile::ExeOther));
        const QString own = QStringLiteral("/tmp/gatehouse-%1/").arg(::geteuid());
        QVERIFY(Paths::of(deep).socket.startsWith(own));
        qunsetenv("XDG_RUNTIME_DIR");
        QVERIFY(Paths::of(deep).socket.startsWith(own));
        QVERIFY(Paths::of(deep).socket.toUtf8().size() < 100);
        if (!before.isEmpty())
            qputenv("XDG_RUNTIME_DIR", before);
    }
};

GATEHOUSE_TEST(SettingsTest)
#include "settings_test.moc"
