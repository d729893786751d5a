// What is wrong with a camera stands at the end of its lane, for the eye, the pointer and a screen reader.
#include "support/registry.h"
#include "timeline/lane_view.h"
#include "timeline/timeline_panel.h"
#include "timeline_fixture.h"

#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::timeline;
using namespace gatehouse::tests;

class LaneNotesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsANoteWhileItsTimeIsInView();
    void opensWhatIsWrong();
    void tellsScreenReaders();
};

namespace
{

const LaneNote kNote{QStringLiteral("Wrong login since 13:12"), QStringLiteral("The camera logs in wrongly."),
                     kTestNow - 50 * kMinuteMs};

} // namespace

void LaneNotesTest::showsANoteWhileItsTimeIsInView()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    fixture.fixture.addCamera(QStringLiteral("Door"));
    TimelinePanel &panel = fixture.open();
    LaneView &lanes = panel.lanes();
    const auto noteRect = [&](bool isYard) {
        for (const LanePlace &lane : lanes.lanes()) {
            if ((lane.track->camera() == yard.id) == isYard)
                return lanes.noteRect(lane);
        }
        return QRect();
    };
    QVERIFY(noteRect(true).isEmpty());
    const QImage before = lanes.grab().toImage();
    panel.setNotes({{yard.id, kNote}});
    const QRect rect = noteRect(true);
    QVERIFY(lanes.rect().contains(rect) && rect.width() > 60);
    QVERIFY(rect.right() < fixture.xOf(kTestNow)); // ends at "Now"
    QVERIFY(fixture.xOf(kTestNow) - rect.right() < 20);
    QVERIFY(noteRect(false).isEmpty());
    const QImage after = lanes.grab().toImage();
    const double factor = after.devicePixelRatioF();
    const QRect inside((QPointF(rect.topLeft()) * factor).toPoint(), (QSizeF(rect.size()) * factor).toSize());
    QVERIFY(after.copy(inside) != before.copy(inside));
    QCOMPARE(lanes.textAt(rect.center()), kNote.details);

    // In front of "Now" there may be little room: it is elided, or moves behind.
    panel.axis().show({kTestNow - 4 * kMinuteMs, kTestNow + 60 * kMinuteMs});
    fixture.settle();
    QVERIFY(lanes.rect().contains(noteRect(true)) && !noteRect(true).isEmpty());
    panel.axis().show({kTestNow - kMinuteMs / 4, kTestNow + 60 * kMinuteMs});
    fixture.settle();
    QVERIFY(noteRect(true).left() > fixture.xOf(kTestNow));
    // Before it began, the lane says nothing about it.
    panel.axis().show({kTestNow - 3 * kHourMs, kTestNow - 2 * kHourMs});
    fixture.settle();
    QVERIFY(noteRect(true).isEmpty());
    panel.axis().show({kTestNow - 2 * kHourMs, kTestNow - 40 * kMinuteMs});
    fixture.settle();
    QVERIFY(noteRect(true).right() > lanes.width() - 20);
}

void LaneNotesTest::opensWhatIsWrong()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    fixture.add(yard, Kind::Clip, kTestNow - 2 * kMinuteMs, 2 * kMinuteMs);
    TimelinePanel &panel = fixture.open();
    panel.setNotes({{yard.id, kNote}});
    QSignalSpy noted(&panel, &TimelinePanel::noteClicked);
    QSignalSpy item(&panel.lanes(), &LaneView::itemClicked);
    const QRect rect = panel.lanes().noteRect(panel.lanes().lanes().first());
    QTest::mouseClick(&panel.lanes(), Qt::LeftButton, {}, rect.center());
    QCOMPARE(noted.size(), 1);
    QCOMPARE(noted.at(0).at(0).value<CameraId>(), yard.id);
    QCOMPARE(item.size(), 0);
    panel.setNotes({});
    QTest::mouseClick(&panel.lanes(), Qt::LeftButton, {}, rect.center());
    QCOMPARE(noted.size(), 1);
}

void LaneNotesTest::tellsScreenReaders()
{
    TimelineFixture fixture;
    const auto yard = fixture.fixture.addCamera(QStringLiteral("Yard"));
    TimelinePanel &panel = fixture.open();
    QAccessibleInterface *root = QAccessible::queryAccessibleInterface(&panel.lanes());
    QTRY_COMPARE_WITH_TIMEOUT(root->childCount(), 1, kPatience);
    const auto name = [root] { return root->child(0)->text(QAccessible::Name); };
    QVERIFY(!name().contains(kNote.text));
    panel.setNotes({{yard.id, kNote}});
    QVERIFY2(name().startsWith(QStringLiteral("Yard, ")) &&
                 name().endsWith(QStringLiteral(", ") + kNote.text),
             qPrintable(name()));
}

GATEHOUSE_TEST(LaneNotesTest)
#include "lane_notes_test.moc"
