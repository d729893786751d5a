// The order of a placement as the kernel saw it: the file's sync is over before its rename begins, that
// before the sync of its folder, that before the journal's sync, and that before anybody is told.
#include "archive_fixture.h"
#include "support/registry.h"

#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>

using namespace gatehouse;
using namespace gatehouse::tests;

namespace
{

const char *const kTracedFolder = "GATEHOUSE_TEST_TRACED_FOLDER";

// A system call: the lines of the trace where it began and where it had ended.
struct Call {
    QByteArray text;
    qsizetype began = -1;
    qsizetype ended = -1;
};

QVector<Call> callsIn(const QByteArray &trace)
{
    QVector<Call> calls;
    QHash<QByteArray, qsizetype> unfinished; // by thread
    const QByteArrayList lines = trace.split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QByteArray &line = lines[i];
        const QByteArray thread = line.left(line.indexOf(' '));
        if (line.contains(" resumed>")) {
            if (unfinished.contains(thread))
                calls[unfinished.take(thread)].ended = i;
            continue;
        }
        if (line.contains("<unfinished ...>"))
            unfinished.insert(thread, calls.size());
        calls.append({line.mid(thread.size()).trimmed(), i, line.contains("<unfinished ...>") ? -1 : i});
    }
    return calls;
}

// The last call that matches: each step happens once for the traced file.
Call find(const QVector<Call> &calls, const char *pattern)
{
    const QRegularExpression expression{QString::fromLatin1(pattern)};
    Call found;
    for (const Call &call : calls) {
        if (expression.match(QString::fromUtf8(call.text)).hasMatch())
            found = call;
    }
    return found;
}

} // namespace

class TraceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void syncsBeforeAcknowledging();
    void placeOne(); // what is traced
};

void TraceTest::syncsBeforeAcknowledging()
{
    if (QStandardPaths::findExecutable(QStringLiteral("strace")).isEmpty())
        QSKIP("strace is not installed");
    if (QProcess::execute(QStringLiteral("strace"),
                          {QStringLiteral("-o"), QStringLiteral("/dev/null"), QStringLiteral("true")}) != 0)
        QSKIP("strace may not trace here");
    const QTemporaryDir folder;
    const QString output = folder.filePath(QStringLiteral("trace"));
    QProcess child;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QLatin1String(kTracedFolder), folder.path());
    environment.insert(QStringLiteral("ASAN_OPTIONS"), QStringLiteral("detect_leaks=0")); // it traces, too
    child.setProcessEnvironment(environment);
    child.setProcessChannelMode(QProcess::MergedChannels);
    child.start(QStringLiteral("strace"),
                {QStringLiteral("-f"), QStringLiteral("-y"), QStringLiteral("-o"), output,
                 QStringLiteral("-e"), QStringLiteral("trace=openat,mkdir,write,fsync,renameat2"),
                 QCoreApplication::applicationFilePath(), QStringLiteral("TraceTest"),
                 QStringLiteral("placeOne")});
    QVERIFY(child.waitForFinished(120'000));
    QVERIFY2(child.exitCode() == 0, child.readAll().constData());

    QFile trace(output);
    QVERIFY(trace.open(QIODevice::ReadOnly));
    const QVector<Call> calls = callsIn(trace.readAll());
    const QVector<Call> steps{
        find(calls, "^write\\(\\d+<[^>]*/incoming/[^>]*\\.part>"),
        find(calls, "^fsync\\(\\d+<[^>]*/incoming/[^>]*\\.part>"),
        find(calls, "^mkdir\\(\"[^\"]*/Front Door\""),
        find(calls, "^fsync\\(\\d+<[^>]*/archive>"),
        find(calls, "^mkdir\\(\"[^\"]*/Front Door/2026-11-21\""),
        find(calls, "^fsync\\(\\d+<[^>]*/Front Door>"),
        find(calls, "^renameat2\\(.*/incoming/.*\\.part\".*/Front Door/2026-11-21/140322-1-a\\.jpg\""),
        find(calls, "^fsync\\(\\d+<[^>]*/Front Door/2026-11-21>"),
        find(calls, "^write\\(\\d+<[^>]*/journal/[^>]*\\.jsonl>"),
        find(calls, "^fsync\\(\\d+<[^>]*/journal/[^>]*\\.jsonl>"),
        find(calls, "^fsync\\(\\d+<[^>]*/journal>"),
        find(calls, "^openat\\(.*/acknowledged\""),
    };
    for (qsizetype i = 0; i < steps.size(); ++i) {
        QVERIFY2(steps[i].began >= 0 && steps[i].ended >= 0, qPrintable(QString::number(i)));
        if (i > 0)
            QVERIFY2(steps[i - 1].ended < steps[i].began,
                     (steps[i - 1].text + '\n' + steps[i].text).constData());
    }
}

void TraceTest::placeOne()
{
    const QString folder = qEnvironmentVariable(kTracedFolder);
    if (folder.isEmpty())
        return; // only within the trace
    PosixFileSystem files;
    const SystemClock clock;
    auto archive = Archive::open({folder + QStringLiteral("/archive"), 1}, files, clock, true);
    QVERIFY(archive);
    auto staged = (*archive)->stageFile({});
    (*staged)->write("bytes");
    QVERIFY(waitFor((*staged)->place(placement(1, QStringLiteral("/a.jpg")))));
    QFile reported(folder + QStringLiteral("/acknowledged"));
    QVERIFY(reported.open(QIODevice::WriteOnly));
}

GATEHOUSE_TEST(TraceTest)
#include "trace_test.moc"
