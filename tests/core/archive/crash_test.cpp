// The power is cut after every single step of an upload, a rename and a removal. Whatever had been
// answered with "yes" by then is there afterwards, bytes, name and journal line, whichever of the
// unsynced rest the disk kept.
#include "archive/archive.h"
#include "archive/journal.h"
#include "archive_fixture.h"
#include "fakes/crash_file_system.h"
#include "support/registry.h"
#include "support/test_data.h"

#include <QLoggingCategory>
#include <optional>

using namespace gatehouse;
using namespace gatehouse::tests;

namespace
{

const QString kCrashedRoot = QStringLiteral("/disk/archive");

// What was answered with yes.
struct Promised {
    QHash<qint64, QPair<QString, QByteArray>> placed; // item -> path, bytes
    QHash<qint64, QString> renamed;
    QHash<qint64, QString> removed; // item -> path
};

// An operation, and a part of the paths where it is skipped once the archive is open.
using Forgotten = std::optional<QPair<QString, QString>>;

QByteArray bytesOf(qint64 item)
{
    // Two are long enough to be hashed while they are written.
    return QByteArray::number(item).repeated(item == 2 || item == 13 ? 70'000 : 40);
}

// All of an upload, a note, a second upload into the same folder, a removal; then a burst of uploads.
Promised live(CrashFileSystem &files, const Clock &clock, const Forgotten &forgotten)
{
    Promised promised;
    auto opened = Archive::open({kCrashedRoot, 2}, files, clock, true);
    if (!opened)
        return promised;
    Archive &archive = **opened;
    if (forgotten)
        files.forget(forgotten->first, forgotten->second);
    const auto begin = [&](qint64 item, const QString &camera) {
        Placement where = placement(item, QStringLiteral("/a.jpg"));
        where.cameraFolder = camera;
        auto staged = archive.stageFile({});
        if (!staged)
            return QtFuture::makeReadyFuture(Result<Placed>(tl::unexpected(staged.error())));
        (*staged)->write(bytesOf(item));
        return (*staged)->place(where);
    };
    const auto keep = [&](qint64 item, QFuture<Result<Placed>> future) {
        future.waitForFinished();
        if (future.result())
            promised.placed.insert(item, {future.result()->relativePath, bytesOf(item)});
    };
    const auto settled = [](QFuture<Result<void>> future) {
        future.waitForFinished();
        return bool(future.result());
    };
    keep(1, begin(1, QStringLiteral("a")));
    if (settled(archive.noteRename(ItemId{1}, QStringLiteral("/b.jpg"))))
        promised.renamed.insert(1, QStringLiteral("/b.jpg"));
    keep(2, begin(2, QStringLiteral("a")));
    if (promised.placed.contains(1)) {
        const QString path = promised.placed[1].first;
        const bool gone = settled(archive.remove(ItemId{1}, path, QStringLiteral("by hand"), std::nullopt));
        promised.placed.remove(1); // under way: it may be gone or not
        if (gone)
            promised.removed.insert(1, path);
    }
    QVector<QFuture<Result<Placed>>> burst;
    for (qint64 item = 10; item < 15; ++item)
        burst.append(begin(item, QString(QLatin1Char(char('a' + item % 3)))));
    for (qint64 item = 10; item < 15; ++item)
        keep(item, burst[item - 10]);
    return promised;
}

QString missingIn(CrashFileSystem &files, const Clock &clock, const Promised &promised)
{
    // A machine that died while the archive was made makes it again.
    const bool nothingPromised = promised.placed.isEmpty() && promised.removed.isEmpty();
    if (auto opened = Archive::open({kCrashedRoot, 2}, files, clock, nothingPromised); !opened)
        return QStringLiteral("the archive does not open: ") + opened.error().text;
    QHash<qint64, archive::JournalAdd> adds;
    QHash<qint64, QString> renames;
    QHash<qint64, QString> removals;
    const QString journal = kCrashedRoot + QStringLiteral("/journal/");
    const QStringList names = files.list(journal).value_or(QStringList());
    for (const QString &name : names) {
        const QByteArray lines = files.read(journal + name, 0, 1 << 20).value_or(QByteArray());
        for (const QByteArray &line : lines.split('\n')) {
            const auto entry = archive::fromLine(line);
            if (!entry)
                continue; // torn
            if (const auto *add = std::get_if<archive::JournalAdd>(&*entry))
                adds.insert(add->placement.item.value, *add);
            else if (const auto *remove = std::get_if<archive::JournalRemove>(&*entry))
                removals.insert(remove->item.value, remove->relativePath);
            else if (const auto *rename = std::get_if<archive::JournalRename>(&*entry))
                renames.insert(rename->item.value, rename->sourcePath);
        }
    }
    for (auto it = promised.placed.begin(); it != promised.placed.end(); ++it) {
        const auto &[path, bytes] = it.value();
        const auto found = files.read(kCrashedRoot + QLatin1Char('/') + path, 0, 1 << 20);
        if (!found || *found != bytes)
            return QStringLiteral("not intact: ") + path;
        if (adds.value(it.key()).relativePath != path || adds.value(it.key()).sha256 != sha256(bytes))
            return QStringLiteral("not in the journal: ") + path;
    }
    for (auto it = promised.renamed.begin(); it != promised.renamed.end(); ++it) {
        if (renames.value(it.key()) != it.value())
            return QStringLiteral("the rename is not in the journal");
    }
    for (auto it = promised.removed.begin(); it != promised.removed.end(); ++it) {
        if (files.stat(kCrashedRoot + QLatin1Char('/') + it.value()))
            return QStringLiteral("removed and there again: ") + it.value();
        if (removals.value(it.key()) != it.value())
            return QStringLiteral("the removal is not in the journal");
    }
    return {};
}

struct Outcome {
    qint64 steps = 0;
    int crashes = 0;
    int kept = 0; // promises that were looked after
    QStringList losses;
};

Outcome crashEverywhere(const Forgotten &forgotten, int mixtures)
{
    Outcome outcome;
    const SystemClock clock;
    bool cut = true;
    for (qint64 steps = 0; cut && steps < 2000; ++steps) {
        const auto power = std::make_shared<Power>();
        CrashFileSystem files(power);
        power->cutAfter(steps);
        const Promised promised = live(files, clock, forgotten);
        cut = power->isCut();
        outcome.steps = steps;
        outcome.kept += int(promised.placed.size() + promised.renamed.size() + promised.removed.size());
        for (int variant = 0; variant < 4 + mixtures; ++variant) {
            const auto survives = CrashFileSystem::Survives(std::min(variant, 4));
            const auto after =
                files.afterCrash(survives, quint32(steps * 1000 + variant), std::make_shared<Power>());
            const QString missing = missingIn(*after, clock, promised);
            ++outcome.crashes;
            if (!missing.isEmpty())
                outcome.losses.append(
                    QStringLiteral("step %1, variant %2: %3").arg(steps).arg(variant).arg(missing));
        }
    }
    return outcome;
}

} // namespace

class CrashTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("gatehouse.archive=false")); }
    void cleanupTestCase() { QLoggingCategory::setFilterRules({}); }

    void acknowledgedChangesSurviveACrash()
    {
        const Outcome outcome = crashEverywhere({}, isLongRun() ? 200 : 6);
        qInfo("%lld steps, %d crashes, %d promises", static_cast<long long>(outcome.steps), outcome.crashes,
              outcome.kept);
        QVERIFY2(outcome.losses.isEmpty(), qPrintable(outcome.losses.join(QLatin1Char('\n'))));
        QVERIFY(outcome.steps > 50 && outcome.kept > 100);
    }

    void detectsAMissingSync_data()
    {
        QTest::addColumn<QString>("operation");
        QTest::addColumn<QString>("part");
        const QString contents = QStringLiteral("sync");
        const QString names = QStringLiteral("syncFolder");
        QTest::newRow("an upload's contents") << contents << QStringLiteral("/incoming/");
        QTest::newRow("the journal's contents") << contents << QStringLiteral("/journal/");
        QTest::newRow("names in a day's folder") << names << QStringLiteral("/2026-11-21");
        QTest::newRow("names in the journal's folder") << names << QStringLiteral("/journal");
        QTest::newRow("all names") << names << QString();
    }

    void detectsAMissingSync()
    {
        QFETCH(QString, operation);
        QFETCH(QString, part);
        QVERIFY(!crashEverywhere(qMakePair(operation, part), 0).losses.isEmpty());
    }
};

GATEHOUSE_TEST(CrashTest)
#include "crash_test.moc"
