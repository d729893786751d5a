#include "events/delete_dialog.h"
#include "events/event_actions.h"
#include "fakes/engine_fixture.h"
#include "models/event_model.h"
#include "review/review_layout.h"
#include "review/review_screen.h"
#include "support/registry.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::events;
using namespace gatehouse::review;
using gatehouse::tests::EngineFixture;

namespace
{
constexpr int kDeletePatience = 15'000;

QPushButton *deleteButton(DeleteDialog &dialog)
{
    for (auto *button : dialog.findChildren<QPushButton *>()) {
        if (button->property("role") == QStringLiteral("deleting"))
            return button;
    }
    return nullptr;
}
} // namespace

class DeleteTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::lightTheme()); }
    void aDialogAndAReasonComeFirst();
    void aSingleItemCanBeLeftOut();
    void protectedItemsStay();
    void reviewedCanBeUndone();
    void theLayoutFollowsTheWindow();
};

void DeleteTest::aDialogAndAReasonComeFirst()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const ItemId item = fixture.add(yard, Kind::Clip, fixture.clock.now() - 600'000);
    ReviewScreen screen(fixture.services(), fixture.clock);
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 1, kDeletePatience);
    screen.actionsOnEvents().askToDelete(screen.events().event(0).id, QStringLiteral("Yard"));
    QTRY_VERIFY_WITH_TIMEOUT(screen.findChild<DeleteDialog *>(), kDeletePatience);
    auto *dialog = screen.findChild<DeleteDialog *>();
    QPushButton *button = deleteButton(*dialog);
    QVERIFY(button);
    QVERIFY(!button->isEnabled()); // no reason yet
    QCOMPARE(button->text(), QStringLiteral("Delete 1 clip, 1.0 MB"));
    dialog->findChild<QComboBox *>()->setEditText(QStringLiteral("Private"));
    QVERIFY(button->isEnabled());
    QCOMPARE(fixture.commands.count(QStringLiteral("item.remove")), 0);

    QSignalSpy done(&screen.actionsOnEvents(), &EventActions::done);
    button->click();
    QTRY_COMPARE_WITH_TIMEOUT(done.size(), 1, kDeletePatience);
    const QJsonObject asked = fixture.commands.last(QStringLiteral("item.remove"));
    QCOMPARE(asked.value(QLatin1String("reason")).toString(), QStringLiteral("Private"));
    QCOMPARE(asked.value(QLatin1String("items")).toArray(), QJsonArray{item.value});
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 0, kDeletePatience);
}

void DeleteTest::aSingleItemCanBeLeftOut()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const qint64 start = fixture.clock.now() - 600'000;
    fixture.add(yard, Kind::Still, start);
    fixture.add(yard, Kind::Still, start + 2'000);
    const ItemId last = fixture.add(yard, Kind::Still, start + 4'000);
    ReviewScreen screen(fixture.services(), fixture.clock);
    QTRY_VERIFY_WITH_TIMEOUT(screen.events().rowCount() == 1 && screen.events().event(0).stills == 3,
                             kDeletePatience);
    screen.actionsOnEvents().askToDelete(screen.events().event(0).id, QStringLiteral("Yard"));
    QTRY_VERIFY_WITH_TIMEOUT(screen.findChild<DeleteDialog *>(), kDeletePatience);
    auto *dialog = screen.findChild<DeleteDialog *>();
    auto *list = dialog->findChild<QListWidget *>();
    QCOMPARE(list->count(), 3);
    list->item(0)->setCheckState(Qt::Unchecked);
    list->item(1)->setCheckState(Qt::Unchecked);
    dialog->findChild<QComboBox *>()->setEditText(QStringLiteral("A test"));
    QCOMPARE(deleteButton(*dialog)->text(), QStringLiteral("Delete 1 picture, 1.0 MB"));
    deleteButton(*dialog)->click();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.commands.count(QStringLiteral("item.remove")), 1, kDeletePatience);
    const QJsonArray items =
        fixture.commands.last(QStringLiteral("item.remove")).value(QLatin1String("items")).toArray();
    QCOMPARE(items, QJsonArray{last.value});
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().event(0).stills, 2, kDeletePatience);
}

void DeleteTest::protectedItemsStay()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    fixture.add(yard, Kind::Clip, fixture.clock.now() - 600'000);
    ReviewScreen screen(fixture.services(), fixture.clock);
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 1, kDeletePatience);
    screen.actionsOnEvents().setProtected(screen.events().event(0).id, true);
    QTRY_VERIFY_WITH_TIMEOUT(screen.events().event(0).isProtected, kDeletePatience);
    screen.actionsOnEvents().askToDelete(screen.events().event(0).id, QStringLiteral("Yard"));
    QTRY_VERIFY_WITH_TIMEOUT(screen.findChild<DeleteDialog *>(), kDeletePatience);
    auto *dialog = screen.findChild<DeleteDialog *>();
    dialog->findChild<QComboBox *>()->setEditText(QStringLiteral("Private"));
    QVERIFY(!deleteButton(*dialog)->isEnabled());
}

void DeleteTest::reviewedCanBeUndone()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    fixture.add(yard, Kind::Clip, fixture.clock.now() - 600'000);
    ReviewScreen screen(fixture.services(), fixture.clock);
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 1, kDeletePatience);
    QCOMPARE(screen.events().unreviewed(), 1);
    std::function<void()> undo;
    connect(&screen.actionsOnEvents(), &EventActions::done, this,
            [&undo](const QString &, const std::function<void()> &way) { undo = way; });
    screen.actionsOnEvents().setReviewed({screen.events().event(0).id}, true);
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().unreviewed(), 0, kDeletePatience);
    QTRY_VERIFY_WITH_TIMEOUT(undo, kDeletePatience);
    undo();
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().unreviewed(), 1, kDeletePatience);
}

void DeleteTest::theLayoutFollowsTheWindow()
{
    QCOMPARE(columnsFor(1600), Columns::Full);
    QCOMPARE(columnsFor(1280), Columns::Full);
    QCOMPARE(columnsFor(1279), Columns::Posters);
    QCOMPARE(columnsFor(1120), Columns::Posters);
    QCOMPARE(columnsFor(1024), Columns::Drawers);
    QCOMPARE(upperHeight(972), 476);
    QCOMPARE(upperHeight(612), 388);
    QVERIFY(upperHeight(2132) <= 2132 * 6 / 10);
    QCOMPARE(emptyUpperHeight(972), 796);
    QCOMPARE(emptyUpperHeight(612), 490); // what is typed into the camera matters more
    QCOMPARE(eventsWidth(1536, 972), 300);
    QCOMPARE(eventsWidth(1856, 1052), 300); // the player has not all yet that it can use
    QCOMPARE(eventsWidth(3776, 2132), 600); // two columns of cards
    QCOMPARE(eventsWidth(1856, 2132), 300); // high and slim
    for (int height = 400; height < 2400; ++height) {
        QVERIFY(upperHeight(height) >= upperHeight(height - 1));
        QVERIFY(height - upperHeight(height) >= 200);
    }
}

GATEHOUSE_TEST(DeleteTest)
#include "delete_test.moc"
