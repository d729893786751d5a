// A rebuild that was killed goes on at the next start until it is whole.
#include "receiver.h"
#include "support/catalog_invariants.h"
#include "support/registry.h"

#include <QLoggingCategory>
#include <QTemporaryDir>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::ingest;

class RebuildTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("gatehouse.*=false")); }
    void cleanupTestCase() { QLoggingCategory::setFilterRules({}); }
    void whatWasKilledGoesOn();
};

void RebuildTest::whatWasKilledGoesOn()
{
    constexpr int days = 6;
    const QTemporaryDir folder;
    catalog::Item newest;
    std::unique_ptr<CrashFiles> disk;
    {
        Receiver house(std::make_unique<CrashFiles>(std::make_shared<Power>()),
                       folder.filePath(QStringLiteral("catalog.db")), nullptr);
        house.logIn();
        for (int day = 0; day < days; ++day) {
            for (int i = 0; i < 3; ++i) {
                house.clock.advance(1'000);
                QVERIFY(house.upload(QStringLiteral("/gate/snap/MDAlarm_20260612-1000%1%2.jpg")
                                         .arg(QString::number(day), QString::number(i)),
                                     QByteArray::number(10 * day + i)));
            }
            house.clock.advance(86'400'000);
        }
        QCOMPARE(house.items().size(), 3 * days);
        const auto items = house.items();
        newest = *std::max_element(items.begin(), items.end(),
                                   [](const auto &a, const auto &b) { return a.id < b.id; });
        disk = house.files->afterCrash(CrashFiles::Survives::OnlySynced, 1, std::make_shared<Power>());
    }
    Receiver house(std::move(disk), folder.filePath(QStringLiteral("new.db")), nullptr);
    const auto start = [&house] {
        return std::make_unique<Mender>(*house.writer, *house.archive, *house.files, house.path,
                                        house.matcher);
    };
    // Killed when only the newest had its row; before that it had written down from when on it looks.
    QVERIFY(house.writer->setMemo(QString::fromLatin1(catalog::Writer::rebuildMemo), QStringLiteral("0"))
                .result());
    house.logIn();
    catalog::NewItem first;
    first.id = newest.id;
    first.account = house.account();
    first.kind = newest.kind;
    first.received = newest.received;
    first.bytes = newest.bytes;
    first.sha256 = newest.sha256;
    first.archive = house.archive->id();
    first.relativePath = newest.path.mid(root.size() + 1);
    first.sourcePath = newest.sourcePath;
    QVERIFY(house.writer->addItem(first).result());
    const auto next = start();
    QVERIFY(next->lookAtStart());
    QVERIFY(next->newestAtStart() > 0);
    const auto mended = next->mendAtStart();
    QVERIFY(mended);
    QCOMPARE(mended->added, 3 * days - 1);
    QCOMPARE(house.items().size(), 3 * days);
    // And is whole then: the next start looks at the newest only.
    const auto last = start();
    QVERIFY(last->lookAtStart());
    const auto again = last->mendAtStart();
    QVERIFY(again);
    QVERIFY2(again->looked < 3 * days, qPrintable(QString::number(again->looked)));
    QCOMPARE(brokenInvariants(house.path), QStringList());
}

GATEHOUSE_TEST(RebuildTest)
#include "rebuild_test.moc"
