// A lost catalog over a full archive: how long cameras wait for their first reply after the start, how long
// the rebuild takes alongside them, and how much more memory it needs than an idle engine.
//   bench_rebuild [--json] [--files N] [--folder DIR]
#include "bench_report.h"
#include "support/archive_filler.h"
#include "support/ftp_client.h"
#include "support/program_fixture.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QThread>

using namespace gatehouse;

namespace
{

// "VmHWM": the peak; MB.
double memoryOf(qint64 pid, const QByteArray &field)
{
    QFile file(QStringLiteral("/proc/%1/status").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const auto lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith(field + ':'))
            return line.mid(field.size() + 1).simplified().split(' ').value(0).toDouble() / 1024;
    }
    return 0;
}

// ms; -1: no 226.
double upload(tests::ProgramFixture &fixture, int number)
{
    QElapsedTimer since;
    since.start();
    tests::FtpClient client;
    const QByteArray path = "/gate0/snap/MDAlarm_20260612-110000_new" + QByteArray::number(number) + ".jpg";
    if (!client.logIn(fixture.port(), "cam", "secret") || !client.store(path, "new " + path))
        return -1;
    client.quit();
    return double(since.nsecsElapsed()) / 1e6;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCommandLineParser options;
    options.addOption({QStringLiteral("files"), QStringLiteral("in the archive"), QStringLiteral("N"),
                       QStringLiteral("100000")});
    options.addOption({QStringLiteral("folder"), QStringLiteral("where it lies"), QStringLiteral("DIR")});
    bench::readArguments(options);
    tests::ArchiveFill fill;
    fill.files = bench::numberOf(options, "files", 1, 10'000'000);
    const QTemporaryDir folder(bench::folderOf(options, QDir::tempPath()) +
                               QStringLiteral("/rebuild-XXXXXX"));
    if (!folder.isValid())
        return bench::failed(folder.errorString());
    tests::ProgramFixture fixture(folder.filePath(QStringLiteral("data")));
    if (!fixture.start() || !fixture.addCamera(QStringLiteral("cam"), "secret"))
        return bench::failed(QStringLiteral("The engine does not start"));
    if (upload(fixture, 0) < 0)
        return bench::failed(QStringLiteral("The first upload failed"));
    QThread::sleep(3);
    const double idle = memoryOf(fixture.pid(), "VmHWM");
    fixture.stop();

    fill.root = fixture.data() + QStringLiteral("/archive");
    fill.user = QStringLiteral("cam");
    fill.until = QDateTime::currentMSecsSinceEpoch() - 86'400'000;
    if (!tests::fillArchive(fill))
        return bench::failed(QStringLiteral("The archive cannot be filled"));
    for (const char *ending : {"", "-wal", "-shm"})
        QFile::remove(fixture.data() + QStringLiteral("/catalog.db") + QLatin1String(ending));

    QElapsedTimer since;
    since.start();
    if (!fixture.start())
        return bench::failed(QStringLiteral("The engine does not start again"));
    const double listening = double(since.elapsed());
    int lost = upload(fixture, 1) < 0;
    const double silence = double(since.elapsed());
    QVector<double> uploads;
    QJsonObject status;
    for (int number = 2; (status = fixture.statusAtOnce()).value(QLatin1String("starting")).toBool();
         ++number) {
        const double took = upload(fixture, number);
        took < 0 ? void(++lost) : uploads.append(took);
        QThread::msleep(500);
    }
    const double rebuilt = double(since.elapsed()) / 1000;
    const double most = memoryOf(fixture.pid(), "VmHWM");
    const qint64 expected = fill.files + 3 + uploads.size() - 1;
    const qint64 items = fixture.statusAtOnce().value(QLatin1String("items")).toInteger();
    fixture.stop();

    bench::Report out(options.isSet(QStringLiteral("json")));
    const QString name = QStringLiteral("lost catalog, %1 files").arg(fill.files);
    out.add(
        {name + QStringLiteral(", from the start to listening"), listening, QStringLiteral("ms"), {}, {}});
    out.add({name + QStringLiteral(", from the start to the first 226"),
             silence,
             QStringLiteral("ms"),
             5'000.0,
             {}});
    out.add({name + QStringLiteral(", uploads meanwhile, p50"),
             bench::percentile(uploads, 0.5),
             QStringLiteral("ms"),
             {},
             {}});
    out.add({name + QStringLiteral(", uploads meanwhile, p95"),
             bench::percentile(uploads, 0.95),
             QStringLiteral("ms"),
             {},
             {}});
    out.add({name + QStringLiteral(", uploads refused"), double(lost), QStringLiteral("uploads"), 0.0, {}});
    out.add({name + QStringLiteral(", rebuilt"), rebuilt, QStringLiteral("s"), {}, {}});
    out.add({name + QStringLiteral(", memory over an idle engine"),
             most - idle,
             QStringLiteral("MB"),
             100.0,
             {}});
    out.add({name + QStringLiteral(", files without their row"),
             double(expected - items),
             QStringLiteral("files"),
             0.0,
             {}});
    return out.allMet() ? 0 : 1;
}
