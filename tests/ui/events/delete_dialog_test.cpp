#include "events/delete_dialog.h"
#include "events/event_actions.h"
#include "fakes/engine_fixture.h"
#include "models/camera_model.h"
#include "models/event_model.h"
#include "protocol/items.h"
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
using namespace gatehouse::models;
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

struct ActionsFixture : EngineFixture {
    void open()
    {
        cameras = std::make_unique<CameraModel>(services(), clock);
        events = std::make_unique<EventModel>(services(), *cameras);
        actions = new EventActions(services(), &window);
    }

    QWidget window; // owns the actions, and the dialogs are its children
    std::unique_ptr<CameraModel> cameras;
    std::unique_ptr<EventModel> events;
    EventActions *actions = nullptr;
};

} // namespace

class DeleteDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::lightTheme()); }
    void requiresConfirmationAndAReason();
    void deletesASingleItemOfAnEvent();
    void keepsProtectedItems();
    void undoesMarkingReviewed();
};

void DeleteDialogTest::requiresConfirmationAndAReason()
{
    ActionsFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const ItemId item = fixture.add(yard, Kind::Clip, fixture.clock.now() - 600'000);
    fixture.open();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 1, kDeletePatience);
    fixture.actions->askToDelete(fixture.events->event(0).id, QStringLiteral("Yard"));
    QTRY_VERIFY_WITH_TIMEOUT(fixture.window.findChild<DeleteDialog *>(), kDeletePatience);
    auto *dialog = fixture.window.findChild<DeleteDialog *>();
    QPushButton *button = deleteButton(*dialog);
    QVERIFY(button);
    QVERIFY(!button->isEnabled()); // no reason yet
    QCOMPARE(button->text(), QStringLiteral("Delete 1 clip, 1.0 MB"));
    dialog->findChild<QComboBox *>()->setEditText(QStringLiteral("Private"));
    QVERIFY(button->isEnabled());
    QCOMPARE(fixture.commands.count<protocol::RemoveItems>(), 0);

    QSignalSpy done(fixture.actions, &EventActions::done);
    button->click();
    QTRY_COMPARE_WITH_TIMEOUT(done.size(), 1, kDeletePatience);
    const auto sent = fixture.commands.last<protocol::RemoveItems>();
    QCOMPARE(sent.reason, QStringLiteral("Private"));
    QCOMPARE(sent.items, QVector<ItemId>{item});
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 0, kDeletePatience);
}

void DeleteDialogTest::deletesASingleItemOfAnEvent()
{
    ActionsFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const qint64 start = fixture.clock.now() - 600'000;
    fixture.add(yard, Kind::Still, start);
    fixture.add(yard, Kind::Still, start + 2'000);
    const ItemId last = fixture.add(yard, Kind::Still, start + 4'000);
    fixture.open();
    QTRY_VERIFY_WITH_TIMEOUT(fixture.events->rowCount() == 1 && fixture.events->event(0).stills == 3,
                             kDeletePatience);
    fixture.actions->askToDelete(fixture.events->event(0).id, QStringLiteral("Yard"));
    QTRY_VERIFY_WITH_TIMEOUT(fixture.window.findChild<DeleteDialog *>(), kDeletePatience);
    auto *dialog = fixture.window.findChild<DeleteDialog *>();
    auto *list = dialog->findChild<QListWidget *>();
    QCOMPARE(list->count(), 3);
    list->item(0)->setCheckState(Qt::Unchecked);
    list->item(1)->setCheckState(Qt::Unchecked);
    dialog->findChild<QComboBox *>()->setEditText(QStringLiteral("A test"));
    QCOMPARE(deleteButton(*dialog)->text(), QStringLiteral("Delete 1 picture, 1.0 MB"));
    deleteButton(*dialog)->click();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.commands.count<protocol::RemoveItems>(), 1, kDeletePatience);
    QCOMPARE(fixture.commands.last<protocol::RemoveItems>().items, QVector<ItemId>{last});
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->event(0).stills, 2, kDeletePatience);
}

void DeleteDialogTest::keepsProtectedItems()
{
    ActionsFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    fixture.add(yard, Kind::Clip, fixture.clock.now() - 600'000);
    fixture.open();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 1, kDeletePatience);
    fixture.actions->setProtected(fixture.events->event(0).id, true);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.events->event(0).isProtected, kDeletePatience);
    fixture.actions->askToDelete(fixture.events->event(0).id, QStringLiteral("Yard"));
    QTRY_VERIFY_WITH_TIMEOUT(fixture.window.findChild<DeleteDialog *>(), kDeletePatience);
    auto *dialog = fixture.window.findChild<DeleteDialog *>();
    dialog->findChild<QComboBox *>()->setEditText(QStringLiteral("Private"));
    QVERIFY(!deleteButton(*dialog)->isEnabled());
}

void DeleteDialogTest::undoesMarkingReviewed()
{
    ActionsFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    fixture.add(yard, Kind::Clip, fixture.clock.now() - 600'000);
    fixture.open();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 1, kDeletePatience);
    QCOMPARE(fixture.events->unreviewed(), 1);
    std::function<void()> undo;
    connect(fixture.actions, &EventActions::done, this,
            [&undo](const QString &, const std::function<void()> &way) { undo = way; });
    fixture.actions->setReviewed({fixture.events->event(0).id}, true);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->unreviewed(), 0, kDeletePatience);
    QTRY_VERIFY_WITH_TIMEOUT(undo, kDeletePatience);
    undo();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->unreviewed(), 1, kDeletePatience);
}

GATEHOUSE_TEST(DeleteDialogTest)
#include "delete_dialog_test.moc"
