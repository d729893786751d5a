#include "catalog/operations/item_removal.h"
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
#include <QProcess>
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
    void open(int undoMs = 0)
    {
        cameras = std::make_unique<CameraModel>(services(), clock);
        events = std::make_unique<EventModel>(services(), *cameras);
        actions = new EventActions(services(), &window);
        actions->setUndoTime(undoMs);
        QObject::connect(actions, &EventActions::deleting, actions,
                         [this](const QString &, const std::function<void()> &way, int) { undo = way; });
        QObject::connect(actions, &EventActions::withheldChanged, events.get(),
                         [this](const auto &, const QSet<EventId> &gone) { events->setWithheld(gone); });
    }

    // With one event of one clip, that can be undone for `undoMs`.
    ItemId openWithOneEvent(int undoMs = 0)
    {
        const ItemId item = add(yard, Kind::Clip, clock.now() - 600'000);
        open(undoMs);
        if (!QTest::qWaitFor([this] { return events->rowCount() == 1; }, kDeletePatience))
            qFatal("the event is not there");
        return item;
    }
    // Asks, and confirms.
    void deleteFirstEvent()
    {
        DeleteDialog *dialog = ask([this] { actions->askToDelete({events->event(0).id}); });
        if (!dialog)
            qFatal("the question does not open");
        deleteButton(*dialog)->click();
    }

    // The dialog that opens on it; null: none.
    DeleteDialog *ask(const std::function<void()> &how)
    {
        how();
        (void)QTest::qWaitFor([this] { return window.findChild<DeleteDialog *>() != nullptr; },
                              kDeletePatience);
        return window.findChild<DeleteDialog *>();
    }

    const catalog::Camera yard = addCamera(QStringLiteral("Yard"));
    std::function<void()> undo; // of the last deletion
    QWidget window;             // owns the actions, and the dialogs are its children
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
    void confirmsFirst();
    void deletesWithoutAReason();
    void deletingCanBeUndone();
    void deletesEvenIfTheWindowIsKilled();
    void asksARestartedEngineAgain();
    void undoesWhileTheEngineIsAway();
    void saysThatUndoCameTooLate();
    void selectsTheEventOfAnItem();
    void severalEventsAtOnce();
    void deletesASingleItemOfAnEvent();
    void keepsProtectedItems();
    void undoesMarkingReviewed();
};

void DeleteDialogTest::confirmsFirst()
{
    ActionsFixture fixture;
    const ItemId item = fixture.openWithOneEvent();
    fixture.actions->askToDelete({fixture.events->event(0).id});
    QTRY_VERIFY_WITH_TIMEOUT(fixture.window.findChild<DeleteDialog *>(), kDeletePatience);
    auto *dialog = fixture.window.findChild<DeleteDialog *>();
    QPushButton *button = deleteButton(*dialog);
    QVERIFY(button);
    QCOMPARE(button->text(), QStringLiteral("Delete 1 clip, 1.0 MB"));
    dialog->findChild<QComboBox *>()->setEditText(QStringLiteral("Private"));
    QCOMPARE(fixture.commands.count<protocol::RemoveItems>(), 0);

    button->click();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.commands.count<protocol::RemoveItems>(), 1, kDeletePatience);
    const auto sent = fixture.commands.last<protocol::RemoveItems>();
    QCOMPARE(sent.reason, QStringLiteral("Private"));
    QCOMPARE(sent.items, QVector<ItemId>{item});
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 0, kDeletePatience);
}

void DeleteDialogTest::deletesWithoutAReason()
{
    ActionsFixture fixture;
    fixture.openWithOneEvent();
    DeleteDialog *dialog = fixture.ask([&] { fixture.actions->askToDelete({fixture.events->event(0).id}); });
    QVERIFY(dialog);
    QVERIFY(deleteButton(*dialog)->isEnabled());
    QTest::keyClick(dialog, Qt::Key_Return); // the confirming button is the default one
    QTRY_COMPARE_WITH_TIMEOUT(fixture.commands.count<protocol::RemoveItems>(), 1, kDeletePatience);
    QVERIFY(!fixture.commands.last<protocol::RemoveItems>().reason.isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 0, kDeletePatience);
}

void DeleteDialogTest::deletingCanBeUndone()
{
    ActionsFixture fixture;
    fixture.add(fixture.yard, Kind::Clip, fixture.clock.now() - 1'200'000);
    const ItemId item = fixture.add(fixture.yard, Kind::Clip, fixture.clock.now() - 600'000);
    fixture.open(600'000);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 2, kDeletePatience);
    const EventId event = fixture.events->event(0).id;
    QSignalSpy withheld(fixture.actions, &EventActions::withheldChanged);
    fixture.deleteFirstEvent();
    // Gone for the eye, not from the archive.
    QCOMPARE(fixture.events->rowCount(), 1);
    QVERIFY(fixture.undo);
    const auto items = withheld.last().at(0).value<QVector<catalog::ItemChange>>();
    QCOMPARE(items.size(), 1);
    QCOMPARE(items[0].item, item);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.commands.count<protocol::RemoveItems>(), 1, kDeletePatience);
    fixture.undo();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 2, kDeletePatience);
    QCOMPARE(fixture.events->event(0).id, event);
    QCOMPARE(fixture.commands.last<protocol::KeepItems>().items, QVector<ItemId>{item});
    QSignalSpy failed(fixture.actions, &EventActions::failed);
    fixture.undo(); // a second time: nothing to take back
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kDeletePatience);
    QCOMPARE(fixture.events->rowCount(), 2);
}

// The wish is the engine's once the window has said it.
void DeleteDialogTest::deletesEvenIfTheWindowIsKilled()
{
    ActionsFixture fixture;
    fixture.openWithOneEvent();
    QProcess window;
    window.setProcessChannelMode(QProcess::ForwardedChannels);
    window.start(QStringLiteral(TEST_WINDOW),
                 {fixture.engine.context().options.paths.catalog(), fixture.socket(),
                  QString::number(fixture.events->event(0).id.value), QStringLiteral("1500")});
    QTRY_COMPARE_WITH_TIMEOUT(fixture.commands.count<protocol::RemoveItems>(), 1, kDeletePatience);
    window.kill(); // SIGKILL
    QVERIFY(window.waitForFinished(kDeletePatience));
    QCOMPARE(fixture.events->rowCount(), 1); // it could still be undone
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 0, kDeletePatience);
}

void DeleteDialogTest::asksARestartedEngineAgain()
{
    ActionsFixture fixture;
    fixture.openWithOneEvent(600'000);
    fixture.deleteFirstEvent();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.commands.count<protocol::RemoveItems>(), 1, kDeletePatience);
    QSignalSpy failed(fixture.actions, &EventActions::failed);
    fixture.restartServer();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.commands.count<protocol::RemoveItems>(), 2, kDeletePatience);
    const int left = fixture.commands.last<protocol::RemoveItems>().undoMs;
    QVERIFY2(left > 0 && left < 600'000, qPrintable(QString::number(left))); // no longer than before
    QCOMPARE(failed.size(), 0);
    QCOMPARE(fixture.events->rowCount(), 0); // still withheld
}

void DeleteDialogTest::undoesWhileTheEngineIsAway()
{
    ActionsFixture fixture;
    fixture.openWithOneEvent(600'000);
    fixture.deleteFirstEvent();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.commands.count<protocol::RemoveItems>(), 1, kDeletePatience);
    fixture.server.reset();
    QTRY_VERIFY_WITH_TIMEOUT(!fixture.client.isConnected(), kDeletePatience);
    QCOMPARE(fixture.events->rowCount(), 0);
    fixture.undo();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 1, kDeletePatience);
    fixture.restartServer();
    QTRY_VERIFY_WITH_TIMEOUT(fixture.client.isConnected(), kDeletePatience);
    // Replies come in the order of the commands: a deletion would be on its way by now.
    const auto reply = fixture.client.send(protocol::GetStatus());
    QTRY_VERIFY_WITH_TIMEOUT(reply.isFinished(), kDeletePatience);
    QCOMPARE(fixture.commands.count<protocol::RemoveItems>(), 1);
}

// An engine that stops in an orderly way deletes at once, before it goes.
void DeleteDialogTest::saysThatUndoCameTooLate()
{
    ActionsFixture fixture;
    const ItemId item = fixture.openWithOneEvent(600'000);
    fixture.deleteFirstEvent();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.commands.count<protocol::RemoveItems>(), 1, kDeletePatience);
    QSignalSpy failed(fixture.actions, &EventActions::failed);
    fixture.server.reset();
    QTRY_VERIFY_WITH_TIMEOUT(!fixture.client.isConnected(), kDeletePatience);
    fixture.undo();
    QCOMPARE(failed.size(), 0);
    QVERIFY(tests::resultOf(fixture.writer->submit(catalog::RemoveItems{{item}, QStringLiteral("Private")})));
    fixture.restartServer();
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kDeletePatience);
}

// The key in the player and the menu of a card ask for the same thing.
void DeleteDialogTest::selectsTheEventOfAnItem()
{
    ActionsFixture fixture;
    const qint64 start = fixture.clock.now() - 600'000;
    fixture.add(fixture.yard, Kind::Still, start);
    const ItemId second = fixture.add(fixture.yard, Kind::Still, start + 2'000);
    const ItemId scheduled = fixture.add(fixture.yard, Kind::Still, start + 300'000, Trigger::Schedule);
    fixture.open();
    DeleteDialog *dialog = fixture.ask([&] { fixture.actions->askToDeleteItem(second); });
    QVERIFY(dialog);
    QCOMPARE(dialog->findChild<QListWidget *>()->count(), 2);
    delete dialog;
    dialog = fixture.ask([&] { fixture.actions->askToDeleteItem(scheduled); });
    QVERIFY(dialog);
    QCOMPARE(dialog->findChild<QListWidget *>()->count(), 1);
}

void DeleteDialogTest::severalEventsAtOnce()
{
    ActionsFixture fixture;
    const auto road = fixture.addCamera(QStringLiteral("Road"));
    const qint64 now = fixture.clock.now();
    for (int i = 1; i <= 3; ++i)
        fixture.add(i == 2 ? road : fixture.yard, Kind::Clip, now - i * 600'000);
    fixture.open();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 3, kDeletePatience);
    const QVector<EventId> events{fixture.events->event(0).id, fixture.events->event(1).id};
    DeleteDialog *dialog = fixture.ask([&] { fixture.actions->askToDelete(events); });
    QVERIFY(dialog);
    auto *list = dialog->findChild<QListWidget *>();
    QCOMPARE(list->count(), 2);
    QVERIFY(list->item(1)->text().contains(QStringLiteral("  Road, clip")));
    deleteButton(*dialog)->click();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.events->rowCount(), 1, kDeletePatience);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.commands.last<protocol::RemoveItems>().items.size(), 2,
                              kDeletePatience);
}

void DeleteDialogTest::deletesASingleItemOfAnEvent()
{
    ActionsFixture fixture;
    const qint64 start = fixture.clock.now() - 600'000;
    fixture.add(fixture.yard, Kind::Still, start);
    fixture.add(fixture.yard, Kind::Still, start + 2'000);
    const ItemId last = fixture.add(fixture.yard, Kind::Still, start + 4'000);
    fixture.open();
    QTRY_VERIFY_WITH_TIMEOUT(fixture.events->rowCount() == 1 && fixture.events->event(0).stills == 3,
                             kDeletePatience);
    fixture.actions->askToDelete({fixture.events->event(0).id});
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
    fixture.openWithOneEvent();
    fixture.actions->setProtected({fixture.events->event(0).id}, true);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.events->event(0).isProtected, kDeletePatience);
    fixture.actions->askToDelete({fixture.events->event(0).id});
    QTRY_VERIFY_WITH_TIMEOUT(fixture.window.findChild<DeleteDialog *>(), kDeletePatience);
    auto *dialog = fixture.window.findChild<DeleteDialog *>();
    dialog->findChild<QComboBox *>()->setEditText(QStringLiteral("Private"));
    QVERIFY(!deleteButton(*dialog)->isEnabled());
}

void DeleteDialogTest::undoesMarkingReviewed()
{
    ActionsFixture fixture;
    fixture.openWithOneEvent();
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
