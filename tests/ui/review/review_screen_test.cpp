#include "cameras/camera_list.h"
#include "events/day_bar.h"
#include "events/delete_dialog.h"
#include "events/event_actions.h"
#include "events/event_list.h"
#include "fakes/engine_fixture.h"
#include "models/camera_model.h"
#include "models/event_model.h"
#include "models/selection.h"
#include "player/picture_view.h"
#include "player/player_panel.h"
#include "review/review_page.h"
#include "review/review_screen.h"
#include "support/durations.h"
#include "support/registry.h"
#include "timeline/timeline_panel.h"
#include "widgets/list_view.h"
#include "widgets/search_field.h"
#include "widgets/theme.h"

#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <algorithm>

using namespace gatehouse;
using namespace gatehouse::review;
using gatehouse::tests::EngineFixture;
using gatehouse::tests::kDayMs;
using gatehouse::tests::kMinuteMs;
using gatehouse::tests::kPatience;

namespace
{

} // namespace

class ReviewScreenTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::darkTheme()); }
    void startsAtTheLatestEvent();
    void remembersHiddenCameras();
    void followsTheDayOfTheTimeline();
    void keysWorkRegardlessOfFocus();
    void focusesTheFirstPage();
    void pausesUnderTheFirstPage();
    void removesADeletedClipFromThePlayer();
};

void ReviewScreenTest::startsAtTheLatestEvent()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const auto road = fixture.addCamera(QStringLiteral("Road"));
    const qint64 now = fixture.clock.now();
    fixture.add(yard, Kind::Clip, now - 60 * kMinuteMs);
    ReviewScreen screen(fixture.services(), fixture.clock);
    screen.resize(1500, 900);
    screen.show();
    QTRY_COMPARE_WITH_TIMEOUT(screen.selection().camera(), yard.id, kPatience);
    QVERIFY(screen.playhead().isFollowing());

    // Nobody chose anything: the next one takes its place.
    fixture.add(road, Kind::Clip, now - 30 * kMinuteMs);
    QTRY_COMPARE_WITH_TIMEOUT(screen.selection().camera(), road.id, kPatience);
    QCOMPARE(screen.playhead().time(), now - 30 * kMinuteMs);

    // What a person chose stays.
    screen.playhead().seek(now - 60 * kMinuteMs);
    fixture.add(yard, Kind::Clip, now - 10 * kMinuteMs);
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 3, kPatience);
    QCOMPARE(screen.playhead().time(), now - 60 * kMinuteMs);
    QCOMPARE(screen.selection().camera(), road.id);
}

void ReviewScreenTest::remembersHiddenCameras()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    ReviewScreen screen(fixture.services(), fixture.clock);
    QTRY_COMPARE_WITH_TIMEOUT(screen.cameras().rowCount(), 1, kPatience);
    screen.cameras().setData(screen.cameras().indexOf(yard.id), Qt::Unchecked, Qt::CheckStateRole);
    ReviewScreen again(fixture.services(), fixture.clock);
    again.setState(screen.state());
    QCOMPARE(again.cameras().hidden(), QSet<CameraId>{yard.id});
}

void ReviewScreenTest::followsTheDayOfTheTimeline()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const qint64 now = fixture.clock.now();
    for (int i = 0; i < 3; ++i)
        fixture.add(yard, Kind::Clip, now - i * 2 * kDayMs - 30 * kMinuteMs);
    ReviewScreen screen(fixture.services(), fixture.clock);
    screen.resize(1500, 900);
    screen.show();
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 3, kPatience);
    auto *timeline = screen.findChild<timeline::TimelinePanel *>();
    QVERIFY(timeline);
    // The list reaches down to that day anyway, so it stays whole; an empty day has its sentence.
    timeline->axis().centre(now - 2 * kDayMs - 30 * kMinuteMs);
    QTRY_VERIFY_WITH_TIMEOUT(screen.events().day().isKnown && !screen.events().day().isEmpty, kPatience);
    QCOMPARE(screen.events().day().range, timeline->axis().dayRange());
    timeline->axis().centre(now - 3 * kDayMs - 30 * kMinuteMs);
    QTRY_VERIFY_WITH_TIMEOUT(screen.events().day().isKnown && screen.events().day().isEmpty, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!screen.eventList().dayBar().sentence().isEmpty(), kPatience);
    const qint64 nearest = screen.events().day().earlier->range.start;
    Q_EMIT screen.eventList().timeRequested(nearest);
    QVERIFY(timeline->axis().dayRange().contains(nearest));
}

void ReviewScreenTest::keysWorkRegardlessOfFocus()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    fixture.add(yard, Kind::Clip, fixture.clock.now() - 30 * kMinuteMs);
    fixture.add(yard, Kind::Clip, fixture.clock.now() - 20 * kMinuteMs);
    ReviewScreen screen(fixture.services(), fixture.clock);
    screen.resize(1500, 900);
    screen.show();
    screen.activateWindow();
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 2, kPatience);
    auto *timeline = screen.findChild<timeline::TimelinePanel *>();
    for (QWidget *focused :
         {static_cast<QWidget *>(screen.cameraList().view()),
          static_cast<QWidget *>(screen.eventList().view()), static_cast<QWidget *>(timeline)}) {
        focused->setFocus();
        const double span = timeline->axis().scale().span();
        QTest::keyClick(focused, Qt::Key_Minus);
        QTRY_VERIFY_WITH_TIMEOUT(timeline->axis().scale().span() > span * 1.9, kPatience);
        QTest::keyClick(focused, Qt::Key_Plus);
        QTRY_VERIFY_WITH_TIMEOUT(timeline->axis().scale().span() < span * 1.1, kPatience);
        screen.playhead().follow(false);
        QTest::keyClick(focused, Qt::Key_N);
        QVERIFY(screen.playhead().isFollowing());
        screen.selection().show(yard.id, {}, fixture.clock.now() - 25 * kMinuteMs);
        QTest::keyClick(focused, Qt::Key_Right);
        QTRY_COMPARE_WITH_TIMEOUT(screen.playhead().time(), screen.events().event(0).range.start, kPatience);
        QTest::keyClick(focused, Qt::Key_T);
        auto *entry = QApplication::activePopupWidget();
        QVERIFY(entry);
        entry->hide();
    }
    // Where text is typed, they are text.
    screen.eventList().startSearch();
    auto &search = screen.eventList().search();
    screen.playhead().follow(false);
    QTest::keyClicks(&search, QStringLiteral("tn+-"));
    QCOMPARE(search.text(), QStringLiteral("tn+-"));
    QVERIFY(!screen.playhead().isFollowing());
    // A list with the arrows' keys keeps them.
    QTest::keyClick(&search, Qt::Key_Escape);
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 2, kPatience);
    auto *cards = screen.eventList().view();
    cards->setFocus();
    cards->setCurrentIndex(screen.events().index(0, 0));
    QTest::keyClick(cards, Qt::Key_Down);
    QCOMPARE(cards->currentIndex().row(), 1);
}

void ReviewScreenTest::focusesTheFirstPage()
{
    EngineFixture fixture;
    ReviewScreen screen(fixture.services(), fixture.clock);
    auto *page = new QWidget;
    auto *name = new QLineEdit(page);
    screen.setEmptyState(page);
    screen.resize(1500, 900);
    screen.setFocus();
    screen.show();
    screen.activateWindow();
    QTRY_VERIFY_WITH_TIMEOUT(screen.page().isEmptyStateShown(), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(name->hasFocus(), kPatience);
    QTest::keyClicks(name, QStringLiteral("Terrace n"));
    QCOMPARE(name->text(), QStringLiteral("Terrace n"));
    QVERIFY(!QApplication::activePopupWidget());
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    fixture.add(yard, Kind::Clip, fixture.clock.now() - 20 * kMinuteMs);
    QTRY_VERIFY_WITH_TIMEOUT(!screen.page().isEmptyStateShown(), kPatience);
    QCOMPARE(screen.focusProxy(), screen.findChild<timeline::TimelinePanel *>());
}

// When its page is shown again over recordings.
void ReviewScreenTest::pausesUnderTheFirstPage()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    fixture.add(yard, Kind::Clip, fixture.clock.now() - 20 * kMinuteMs);
    ReviewScreen screen(fixture.services(), fixture.clock);
    screen.setEmptyState(new QWidget);
    screen.resize(1500, 900);
    screen.show();
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 1, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(screen.cameras().isLoaded() && !screen.page().isEmptyStateShown(), kPatience);
    auto *player = screen.findChild<player::PlayerPanel *>();
    QVERIFY(player);
    media::PlayerEngine &engine = player->controller().engine();
    // Its file is missing, and until that is known it may stop.
    QTRY_VERIFY_WITH_TIMEOUT((engine.play(), engine.isPlaying()), kPatience);
    screen.keepEmptyState(true);
    QVERIFY(screen.page().isEmptyStateShown());
    QVERIFY(!engine.isPlaying());
    const auto areEnabled = [&screen](bool on) {
        const QList<QAction *> actions = screen.actions();
        return !actions.isEmpty() && std::all_of(actions.begin(), actions.end(), [on](const QAction *action) {
            return action->isEnabled() == on;
        });
    };
    QVERIFY(areEnabled(false));
    screen.keepEmptyState(false);
    QVERIFY(areEnabled(true));
}

void ReviewScreenTest::removesADeletedClipFromThePlayer()
{
    EngineFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    const ItemId item = fixture.add(yard, Kind::Clip, fixture.clock.now() - 20 * kMinuteMs);
    fixture.add(yard, Kind::Clip, fixture.clock.now() - 60 * kMinuteMs);
    ReviewScreen screen(fixture.services(), fixture.clock);
    screen.resize(1500, 900);
    screen.show();
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 2, kPatience);
    auto *player = screen.findChild<player::PlayerPanel *>();
    QVERIFY(player);
    screen.selection().show(yard.id, item, fixture.clock.now() - 20 * kMinuteMs);
    QTRY_VERIFY_WITH_TIMEOUT(player->controller().item() && player->controller().item()->id == item,
                             kPatience);
    std::function<void()> undo;
    connect(&screen.actionsOnEvents(), &events::EventActions::deleting, this,
            [&undo](const QString &, const std::function<void()> &way, int) { undo = way; });
    for (QAction *action : screen.actions()) {
        if (action->shortcut() == QKeySequence(QKeySequence::Delete))
            action->trigger();
    }
    QTRY_VERIFY_WITH_TIMEOUT(screen.findChild<events::DeleteDialog *>(), kPatience);
    auto *dialog = screen.findChild<events::DeleteDialog *>();
    for (auto *button : dialog->findChildren<QPushButton *>()) {
        if (button->property("role") == QStringLiteral("deleting"))
            button->click();
    }
    QVERIFY(undo);
    QVERIFY(!player->controller().item());
    QVERIFY(player->view().reason().contains(QStringLiteral("deleted")));
    QVERIFY(!screen.selection().item().isValid());
    QCOMPARE(screen.events().rowCount(), 1);
    undo();
    QTRY_COMPARE_WITH_TIMEOUT(screen.events().rowCount(), 2, kPatience);
}

GATEHOUSE_TEST(ReviewScreenTest)
#include "review_screen_test.moc"
