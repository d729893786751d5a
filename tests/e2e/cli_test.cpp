// Every subcommand with good and bad arguments, with and without a running engine: exit codes and output
// lines.
#include "support/ftp_client.h"
#include "support/program_fixture.h"
#include "support/registry.h"
#include "support/test_data.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>
#include <QThread>
#include <fcntl.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

using namespace gatehouse::tests;

class CliTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void subcommandsWorkWithoutAnEngine() { everySubcommand(false); }
    void subcommandsWorkAlongsideAnEngine() { everySubcommand(true); }
    void reportsUsageErrors_data();
    void reportsUsageErrors();
    void engineStartWaitsForASubcommand();
    void reportsUnwritableFolders();
    void storesDataPrivately();
    void importEndsWhenItsEngineDies();
    void importsAnExistingFolder();
    void listsIncludeEveryField();
    void printsNamesVerbatim();
    void helpOfEverySubcommand();
    void printsWhatToEnterIntoACamera();
    void emptyListsSaySo();
    void printsIdsAndTimesThatFromAccepts();

private:
    static void everySubcommand(bool running);
};

namespace
{

QStringList words(const char *line)
{
    return QString::fromLatin1(line).split(QLatin1Char(' '));
}

QJsonObject cameraNamed(ProgramFixture &fixture, const QString &name)
{
    const auto cameras = fixture.cli(words("camera list"));
    for (const QJsonObject &camera : cameras) {
        if (camera.value(QLatin1String("name")).toString() == name)
            return camera;
    }
    return {};
}

void write(const QString &path, const QByteArray &bytes)
{
    QVERIFY(QDir().mkpath(path.left(path.lastIndexOf(QLatin1Char('/')))));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

int filesBelow(const QString &folder)
{
    int count = 0;
    const QDir dir(folder);
    for (const QFileInfo &entry : dir.entryInfoList(QDir::AllEntries | QDir::NoDotAndDotDot))
        count += entry.isDir() && !entry.isSymLink() ? filesBelow(entry.filePath()) : 1;
    return count;
}

struct Said {
    int code = -1;
    QString out;
    QString error;
};

// What a person sees: no --json.
Said say(const QStringList &arguments, const QString &zone = {})
{
    QProcess cli;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    if (!zone.isEmpty())
        environment.insert(QStringLiteral("TZ"), zone);
    cli.setProcessEnvironment(environment);
    cli.start(program(), arguments);
    if (!cli.waitForFinished(60'000))
        return {};
    return {cli.exitCode(), QString::fromUtf8(cli.readAllStandardOutput()),
            QString::fromUtf8(cli.readAllStandardError())};
}

// Expects the subcommand to succeed; its output lines.
#define DONE(fixture, line)                                                                                  \
    do {                                                                                                     \
        (fixture).cli(words(line));                                                                          \
        QVERIFY2((fixture).exitCode() == 0, qPrintable(QLatin1String(line ": ") + (fixture).lastError()));   \
    } while (false)

} // namespace

void CliTest::everySubcommand(bool running)
{
    ProgramFixture fixture;
    if (running)
        QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    const auto status = fixture.cli({QStringLiteral("status")});
    QCOMPARE(fixture.exitCode(), running ? 0 : 4);
    QCOMPARE(status.size(), 1);
    QCOMPARE(status.first().value(QLatin1String("engine")).toBool(), running);
    if (running)
        QCOMPARE(status.first().value(QLatin1String("port")).toInt(), int(fixture.port()));

    QVERIFY2(fixture.addCamera(QStringLiteral("Front"), "secret"), qPrintable(fixture.lastError()));
    const auto made = fixture.cli(words("camera add Back"));
    QCOMPARE(fixture.exitCode(), 0);
    QVERIFY(made.first().value(QLatin1String("password")).toString().size() >= 10);
    QVERIFY(!made.first().value(QLatin1String("user")).toString().isEmpty());
    fixture.cli(words("camera add Back"));
    QVERIFY(fixture.exitCode() != 0); // name taken
    DONE(fixture, "camera rename Back Garden");
    DONE(fixture, "camera zone Garden Europe/Berlin");
    DONE(fixture, "camera offset Garden -90.5");
    const QJsonObject garden = cameraNamed(fixture, QStringLiteral("Garden"));
    QCOMPARE(garden.value(QLatin1String("zone")).toString(), QStringLiteral("Europe/Berlin"));
    QCOMPARE(garden.value(QLatin1String("offset_ms")).toInt(), -90'500);
    DONE(fixture, "camera offset Garden learn");
    DONE(fixture, "camera password Garden");
    const auto connection = fixture.cli(words("camera connection Garden"));
    QCOMPARE(fixture.exitCode(), 0);
    QVERIFY(!connection.first().contains(QLatin1String("password")));
    for (const char *key :
         {"user", "server", "port", "mode", "path", "tls_required", "passive_first", "others"}) {
        QVERIFY2(made.first().contains(QLatin1String(key)), key);
        QCOMPARE(connection.first().value(QLatin1String(key)), made.first().value(QLatin1String(key)));
    }
    QVERIFY(!connection.first().value(QLatin1String("server")).toArray().isEmpty());
    if (running)
        QCOMPARE(connection.first().value(QLatin1String("port")).toInt(), int(fixture.port()));
    DONE(fixture, "camera merge Garden Front");
    QCOMPARE(fixture.cli(words("camera list")).size(), 1);
    fixture.cli({QStringLiteral("camera"), QStringLiteral("split"),
                 QString::number(garden.value(QLatin1String("id")).toInteger())});
    QVERIFY2(fixture.exitCode() == 0, qPrintable(fixture.lastError()));
    QCOMPARE(fixture.cli(words("camera list")).size(), 2);
    DONE(fixture, "camera remove Garden");
    QCOMPARE(fixture.cli(words("camera list")).size(), 1);
    DONE(fixture, "list --camera Front --from 2026-01-01 --to 2026-12-31T23:59 --limit 5");
    DONE(fixture, "events --camera Front --limit 5");
    DONE(fixture, "check");
    DONE(fixture, "check --quick");
    DONE(fixture, "check --repair");
}

void CliTest::reportsUsageErrors_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("code");
    const auto row = [](const char *line, int code) {
        QTest::newRow(line) << QString::fromLatin1(line) << code;
    };
    row("nonsense", 2);
    row("camera", 2);
    row("camera nonsense", 2);
    row("camera add", 2);
    row("camera add A B", 2);
    row("camera rename Front", 2);
    row("camera rename Nobody X", 3);
    row("camera remove", 2);
    row("camera remove Nobody", 3);
    row("camera password", 2);
    row("camera password Nobody", 3);
    row("camera connection", 2);
    row("camera connection Nobody", 3);
    row("camera zone Front", 2);
    row("camera zone Front Nowhere/Land", 2);
    row("camera offset Front", 2);
    row("camera offset Front soon", 2);
    row("camera offset Front nan", 2);
    row("camera offset Front inf", 2);
    row("camera offset Front 1e300", 2);
    row("camera offset Front 200000", 2);
    row("camera merge Front", 2);
    row("camera merge Front Front", 2);
    row("camera merge Front Nobody", 3);
    row("camera split Front", 2);
    row("camera split 4711", 3);
    row("list --limit 0", 2);
    row("list --limit many", 2);
    row("list --limit 99999999999", 2);
    row("list --from 2026-06-12 --to 2026-06-11", 2);
    row("events --from 2026-06-12 --to 2026-06-12", 2);
    row("camera list stray", 2);
    row("camera add X\x1b[31m", 2);
    row("camera add X\nY", 2);
    row("camera add X --user a\nb", 2);
    row("camera add X --password-stdin", 2); // empty stdin
    row("camera password Front --password-stdin", 2);
    row("camera add X --password-stdin --short-password", 2);
    row("list --data ", 2); // an unset variable in a script
    row("list --data=", 2);
    row("list --from yesterday", 2);
    row("list --camera Nobody", 3);
    row("list --nonsense", 2);
    row("list stray", 2);
    row("events stray", 2);
    row("status stray", 2);
    row("check --nonsense", 2);
    row("check stray", 2);
    row("import", 2);
    row("import /nowhere/at/all", 2);
    row("import / --user nobody", 3);
    row("import /", 2); // the archive is inside it
}

void CliTest::reportsUsageErrors()
{
    QFETCH(QString, line);
    QFETCH(int, code);
    static ProgramFixture fixture;
    static const bool ready = fixture.start() && fixture.addCamera(QStringLiteral("Front"), "secret");
    QVERIFY2(ready, qPrintable(fixture.lastError()));
    const auto lines = fixture.cli(line.split(QLatin1Char(' ')));
    QCOMPARE(fixture.exitCode(), code);
    QVERIFY(lines.isEmpty());
    QVERIFY(fixture.lastError().startsWith(QLatin1String("gatehouse: ")));
    QCOMPARE(fixture.cli(words("camera list")).size(), 1); // nothing was created along the way
}

void CliTest::engineStartWaitsForASubcommand()
{
    ProgramFixture fixture;
    QVERIFY(QDir().mkpath(fixture.data()));
    const QByteArray path = QFile::encodeName(fixture.data() + QStringLiteral("/engine.lock"));
    const int looking = ::open(path.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    QCOMPARE(::flock(looking, LOCK_EX | LOCK_NB), 0);
    std::thread ending([looking] {
        QThread::msleep(500);
        ::close(looking);
    });
    const bool started = fixture.start();
    ending.join();
    QVERIFY2(started, qPrintable(fixture.lastError()));
}

void CliTest::reportsUnwritableFolders()
{
    if (::geteuid() != 0)
        QSKIP("as root another user can be played, for whom the folder is closed");
    const QTemporaryDir folder;
    QVERIFY(QFile::setPermissions(folder.path(),
                                  QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther));
    for (const QString &data : {folder.path(), folder.filePath(QStringLiteral("data"))}) {
        ProgramFixture fixture(data);
        fixture.runUnder(words("setpriv --reuid 65534 --clear-groups"));
        QVERIFY(!fixture.start());
        QCOMPARE(fixture.stop(), 5);
        fixture.cli(words("camera add Front"));
        QCOMPARE(fixture.exitCode(), 5);
        QVERIFY2(fixture.lastError().contains(folder.path()), qPrintable(fixture.lastError()));
        QFile::remove(data + QStringLiteral(".log"));
    }
}

void CliTest::storesDataPrivately()
{
    ProgramFixture fixture;
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    for (const char *name :
         {"", "/archive", "/catalog.db", "/cache", "/config", "/run", "/run/control.sock"}) {
        const QFileInfo info(fixture.data() + QLatin1String(name));
        QVERIFY2(info.exists(), name);
        QVERIFY2(!info.permission(QFile::ReadOther) && !info.permission(QFile::ReadGroup), name);
    }
    QCOMPARE(fixture.stop(), 0);
    QVERIFY(!QFileInfo::exists(fixture.data() + QStringLiteral("/run/control.sock")));
}

void CliTest::importEndsWhenItsEngineDies()
{
    ProgramFixture fixture;
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    const QTemporaryDir old;
    for (int i = 0; i < 2000; ++i)
        write(old.filePath(QStringLiteral("%1.jpg").arg(i)), "picture " + QByteArray::number(i));
    QProcess import;
    import.start(program(), {QStringLiteral("import"), old.path(), QStringLiteral("--data"), fixture.data()});
    import.setReadChannel(QProcess::StandardError);
    QVERIFY(import.waitForReadyRead(30'000)); // progress output
    fixture.kill9();
    QVERIFY(import.waitForFinished(30'000)); // it reports the error instead of waiting forever
    QVERIFY(import.exitCode() == 4 || import.exitCode() == 0);
}

void CliTest::importsAnExistingFolder()
{
    ProgramFixture fixture;
    const QString old = fixture.data() + QStringLiteral(".old-ftp");
    QStringList names{QStringLiteral("MDAlarm_20250612-100010.jpg"), QStringLiteral("b/c/old.mp4"),
                      QStringLiteral("b/Ümlaut 20250101_120000.jpg"), QStringLiteral("notes.txt")};
    for (const QString &name : names)
        write(old + QLatin1Char('/') + name, "bytes of " + name.toUtf8());
    write(old + QStringLiteral("/empty.jpg"), {});
    QVERIFY(QFile::link(QStringLiteral("/etc/passwd"), old + QStringLiteral("/link.jpg")));
    QVERIFY(QFile::link(old, old + QStringLiteral("/b/loop")));
    // From a system without UTF-8: "Tür.jpg". Created from raw bytes, which Qt would convert.
    const QByteArray latin = QFile::encodeName(old) + "/T\xfcr.jpg";
    const int file = ::open(latin.constData(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    QVERIFY(file >= 0 && ::write(file, "door", 4) == 4);
    ::close(file);

    names.append(QStringLiteral("T\u00fcr.jpg"));

    const QStringList import{QStringLiteral("import"), old};
    auto summary = fixture.cli(import).last();
    QVERIFY2(fixture.exitCode() == 0, qPrintable(fixture.lastError()));
    QVERIFY(summary.value(QLatin1String("finished")).toBool());
    QCOMPARE(summary.value(QLatin1String("added")).toInt(), int(names.size()));
    QCOMPARE(summary.value(QLatin1String("passed")).toInt(), 1);
    const int before = filesBelow(old);

    // Again, with a running engine: nothing new.
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    summary = fixture.cli(import).last();
    QCOMPARE(fixture.exitCode(), 0);
    QCOMPARE(summary.value(QLatin1String("added")).toInt(), 0);
    QCOMPARE(summary.value(QLatin1String("known")).toInt(), int(names.size()));
    QCOMPARE(filesBelow(old), before);

    summary = fixture.cli(import + QStringList{QStringLiteral("--move")}).last();
    QCOMPARE(fixture.exitCode(), 0);
    QVERIFY(::access(latin.constData(), F_OK) != 0);
    QCOMPARE(filesBelow(old), 3); // the empty file and the links are not evidence

    const auto items = fixture.items();
    QCOMPARE(items.size(), names.size());
    QVERIFY(fixture.waitExamined(60'000));
    fixture.cli({QStringLiteral("check")});
    QVERIFY2(fixture.exitCode() == 0, qPrintable(fixture.lastError()));
    QVERIFY(QDir(old).removeRecursively());
}

void CliTest::listsIncludeEveryField()
{
    ProgramFixture fixture;
    QVERIFY2(fixture.start(), qPrintable(fixture.lastError()));
    QVERIFY2(fixture.addCamera(QStringLiteral("Front"), "secret"), qPrintable(fixture.lastError()));
    FtpClient client;
    QVERIFY(client.logIn(fixture.port(), "Front", "secret"));
    QVERIFY2(client.store("/MDAlarm_20260612-100010.jpg", "no picture"), client.lastReply());
    QVERIFY(fixture.waitExamined(60'000));
    const auto items = fixture.items();
    QCOMPARE(items.size(), 1);
    for (const char *field :
         {"id",          "camera", "kind",    "trigger",   "captured",    "time_source", "received",
          "duration_ms", "width",  "height",  "container", "video_codec", "audio_codec", "state",
          "reason",      "event",  "subject", "bytes",     "sha256",      "path",        "source_path"})
        QVERIFY2(items.first().contains(QLatin1String(field)), field);
    const QJsonObject &item = items.first();
    QCOMPARE(item.value(QLatin1String("state")).toString(), QStringLiteral("damaged"));
    QVERIFY(!item.value(QLatin1String("reason")).toString().isEmpty());
    const QRegularExpression iso(QStringLiteral("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$"));
    QVERIFY(iso.match(item.value(QLatin1String("captured")).toString()).hasMatch());
    QVERIFY(iso.match(item.value(QLatin1String("received")).toString()).hasMatch());
    QVERIFY(QFile::exists(item.value(QLatin1String("path")).toString()));
    const auto events = fixture.cli(words("events"));
    QCOMPARE(events.size(), 1);
    QCOMPARE(events.first().value(QLatin1String("id")), item.value(QLatin1String("event")));
}

void CliTest::printsNamesVerbatim()
{
    ProgramFixture fixture;
    const QTemporaryDir old;
    write(old.filePath(QStringLiteral("MDAlarm_20250612-100010.jpg")), "picture");
    fixture.cli({QStringLiteral("import"), old.path()});
    const QString name = QStringLiteral("%5 %4 100%3 %1");
    fixture.cli({QStringLiteral("camera"), QStringLiteral("rename"), QStringLiteral("Imported"), name});
    QVERIFY2(fixture.exitCode() == 0, qPrintable(fixture.lastError()));
    for (const char *line : {"camera list", "list", "events"}) {
        QProcess cli;
        cli.start(program(), words(line) + QStringList{QStringLiteral("--data"), fixture.data()});
        QVERIFY(cli.waitForFinished(60'000));
        const QString said = QString::fromUtf8(cli.readAllStandardOutput());
        QVERIFY2(said.contains(name), qPrintable(said));
        QVERIFY2(!said.contains(QLatin1String("1 pictures")), qPrintable(said));
    }
}

void CliTest::helpOfEverySubcommand()
{
    const Said overview = say({QStringLiteral("help")});
    QCOMPARE(overview.code, 0);
    QCOMPARE(say({QStringLiteral("--help")}).out, overview.out);
    QCOMPARE(say(words("help help")).out, overview.out);
    for (const char *name :
         {"camera", "list", "events", "deletions", "status", "import", "check", "retention", "offsite"}) {
        const QString word = QString::fromLatin1(name);
        QVERIFY2(overview.out.contains(QLatin1String("\n  ") + word + QLatin1Char(' ')), name);
        const Said help = say({QStringLiteral("help"), word});
        QCOMPARE(help.code, 0);
        QVERIFY2(help.out.startsWith(QStringLiteral("gatehouse %1: ").arg(word)), name);
        QCOMPARE(say({word, QStringLiteral("--help")}).out, help.out);
        QCOMPARE(say({word, QStringLiteral("stray"), QStringLiteral("-h")}).out, help.out);
        for (const QString &line : (overview.out + help.out).split(QLatin1Char('\n')))
            QVERIFY2(line.size() <= 80, qPrintable(line));
        // Wrong use names this help.
        const Said wrong = say({word, QStringLiteral("--nonsense")});
        QCOMPARE(wrong.code, 2);
        QVERIFY2(wrong.error.contains(QStringLiteral("See gatehouse %1 --help").arg(word)),
                 qPrintable(wrong.error));
    }
    const Said unknown = say(words("help nonsense"));
    QCOMPARE(unknown.code, 2);
    QVERIFY2(unknown.error.contains(QLatin1String("nonsense")), qPrintable(unknown.error));
    // Every action of "camera" is explained.
    const QString camera = say(words("help camera")).out;
    for (const char *action : {"add", "list", "rename", "remove", "connection", "password", "zone", "offset",
                               "tls", "offsite", "merge", "split"})
        QVERIFY2(camera.contains(QLatin1String("camera ") + QLatin1String(action)), action);
}

void CliTest::printsWhatToEnterIntoACamera()
{
    ProgramFixture fixture;
    const QStringList data{QStringLiteral("--data"), fixture.data()};
    const Said made = say(words("camera add Yard") + data);
    QCOMPARE(made.code, 0);
    const auto valueOf = [](const Said &said, const char *name) {
        for (const QString &line : said.out.split(QLatin1Char('\n'))) {
            if (line.startsWith(QLatin1String(name)))
                return line.mid(int(strlen(name))).trimmed();
        }
        return QString();
    };
    QVERIFY2(!valueOf(made, "Server:").isEmpty(), qPrintable(made.out));
    QCOMPARE(valueOf(made, "Port:"), QStringLiteral("2121"));
    QCOMPARE(valueOf(made, "Mode:"), QStringLiteral("passive (PASV)"));
    QVERIFY2(valueOf(made, "Encryption:").startsWith(QStringLiteral("plain FTP")), qPrintable(made.out));
    QCOMPARE(valueOf(made, "Path:"), QStringLiteral("/"));
    QCOMPARE(valueOf(made, "User:"), QStringLiteral("yard"));
    const QString password = valueOf(made, "Password:").section(QLatin1Char(' '), 0, 0);
    QVERIFY(password.size() >= 10);
    const Said again = say(words("camera connection Yard") + data);
    QCOMPARE(again.code, 0);
    QVERIFY(!again.out.contains(password));
    QCOMPARE(valueOf(again, "Server:"), valueOf(made, "Server:"));
    QVERIFY2(valueOf(again, "Password:").contains(QStringLiteral("gatehouse camera password")),
             qPrintable(again.out));
}

void CliTest::emptyListsSaySo()
{
    ProgramFixture fixture;
    const QStringList data{QStringLiteral("--data"), fixture.data()};
    const Said before = say(words("camera list") + data);
    QCOMPARE(before.code, 0);
    QVERIFY2(before.out.contains(QLatin1String("No cameras yet")), qPrintable(before.out));
    QVERIFY(fixture.addCamera(QStringLiteral("Front"), "secret"));
    for (const char *line : {"list", "events", "deletions"}) {
        const Said all = say(words(line) + data);
        QCOMPARE(all.code, 0);
        QCOMPARE(all.out.count(QLatin1Char('\n')), 1);
        const Said some = say(words(line) + words("--camera Front --from 2026-01-01") + data);
        QCOMPARE(some.out, QStringLiteral("Nothing matches\n"));
        QCOMPARE(say(words(line) + words("--json") + data).out,
                 QString()); // one object per row, nothing else
    }
}

void CliTest::printsIdsAndTimesThatFromAccepts()
{
    ProgramFixture fixture;
    const QTemporaryDir old;
    for (int i = 0; i < 3; ++i)
        write(old.filePath(QStringLiteral("MDAlarm_20250612-10001%1.jpg").arg(i)),
              "picture " + QByteArray::number(i));
    fixture.cli({QStringLiteral("import"), old.path()});
    QCOMPARE(fixture.exitCode(), 0);
    const QStringList data{QStringLiteral("--data"), fixture.data()};
    const auto items = fixture.items();
    QCOMPARE(items.size(), 3);
    const QString zone = QStringLiteral("America/St_Johns");
    const Said all = say(words("list") + data, zone);
    QStringList rows = all.out.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QCOMPARE(rows.size(), 3);
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const QStringList columns = rows[i].simplified().split(QLatin1Char(' '));
        QCOMPARE(columns.value(0), QString::number(items[i].value(QLatin1String("id")).toInteger()));
        static const QRegularExpression local(QStringLiteral("^2025-06-1\\dT\\d\\d:\\d\\d:\\d\\d-02:30$"));
        QVERIFY2(local.match(columns.value(1)).hasMatch(), qPrintable(rows[i]));
        // The same instant, whatever zone it is read in.
        const Said from =
            say(QStringList{QStringLiteral("list"), QStringLiteral("--from"), columns.value(1)} + data,
                QStringLiteral("Asia/Tokyo"));
        QCOMPARE(from.out.count(QLatin1Char('\n')), i + 1); // newest first
    }
    const Said newest = say(words("list --limit 1") + data, zone);
    QCOMPARE(newest.out, rows.first() + QLatin1Char('\n'));
    QVERIFY2(newest.error.contains(QLatin1String("--limit")), qPrintable(newest.error));
    QVERIFY(say(words("list --limit 3") + data).error.isEmpty());
    const auto events = fixture.cli(words("events"));
    const Said eventRows = say(words("events") + data, zone);
    QVERIFY2(eventRows.out.trimmed().startsWith(
                 QString::number(events.value(0).value(QLatin1String("id")).toInteger())),
             qPrintable(eventRows.out));
}

GATEHOUSE_TEST(CliTest)
#include "cli_test.moc"
