#include "cameras/camera_list.h"
#include "fakes/engine_fixture.h"
#include "models/camera_model.h"
#include "models/poster_cache.h"
#include "models/selection.h"
#include "protocol/camera.h"
#include "support/durations.h"
#include "support/registry.h"
#include "widgets/list_view.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::models;
using namespace gatehouse::widgets;
using namespace gatehouse::cameras;
using gatehouse::tests::EngineFixture;
using gatehouse::tests::kMinuteMs;
using gatehouse::tests::kPatience;

namespace
{

struct CamerasFixture : EngineFixture {
    void open()
    {
        posters = std::make_unique<PosterCache>(services());
        cameras = std::make_unique<CameraModel>(services(), clock);
        list = std::make_unique<CameraList>(*cameras, *posters, selection);
    }

    Playhead playhead;
    Selection selection{playhead};
    std::unique_ptr<PosterCache> posters;
    std::unique_ptr<CameraModel> cameras;
    std::unique_ptr<CameraList> list;
};

} // namespace

class CameraListTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::darkTheme()); }
    void showsNameAndLastUploadAge();
    void searchNarrowsTheList();
    void searchKeepsTheHighlightOnTheSelectedCamera();
    void escapeClearsTheSearch();
    void renamingChangesTheStoredName();
    void keepsTheSelectionInView();
};

void CameraListTest::showsNameAndLastUploadAge()
{
    CamerasFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    fixture.open();
    CameraModel &cameras = *fixture.cameras;
    QTRY_COMPARE_WITH_TIMEOUT(cameras.rowCount(), 1, kPatience);
    const QModelIndex row = cameras.index(0, 0);
    QCOMPARE(row.data().toString(), QStringLiteral("Yard"));
    QCOMPARE(row.data(CameraModel::AgeRole).toString(), QStringLiteral("nothing yet"));
    QCOMPARE(cameras.reporting(), 0);

    fixture.add(yard, Kind::Clip, fixture.clock.now() - 4 * kMinuteMs - 3000);
    QTRY_COMPARE_WITH_TIMEOUT(row.data(CameraModel::AgeRole).toString(), QStringLiteral("4 min ago"),
                              kPatience);
    QCOMPARE(row.data(CameraModel::StatusRole).value<CameraModel::Status>(), CameraModel::Status::Working);
    QCOMPARE(cameras.reporting(), 1);

    protocol::CameraFault fault;
    fault.kind = FaultKind::WrongPassword;
    fault.user = yard.user;
    fault.first = fixture.clock.now();
    cameras.setFaults({fault}, {});
    QVERIFY(row.data(CameraModel::AgeRole).toString().startsWith(QStringLiteral("Wrong login since ")));
    QCOMPARE(cameras.firstTrouble().name, QStringLiteral("Yard"));
    QCOMPARE(cameras.reporting(), 0);
    // A clock that is not set needs a person, but keeps nothing out.
    fault.kind = FaultKind::ClockUnset;
    fault.camera = yard.id;
    cameras.setFaults({fault}, {});
    QCOMPARE(row.data(CameraModel::StatusRole).value<CameraModel::Status>(), CameraModel::Status::Attention);
    QCOMPARE(cameras.reporting(), 1);
    fault.camera = CameraId{yard.id.value + 1}; // of another camera with the same login
    cameras.setFaults({fault}, {});
    QCOMPARE(row.data(CameraModel::AgeRole).toString(), QStringLiteral("4 min ago"));

    fixture.addCamera(QStringLiteral("Road"));
    QTRY_COMPARE_WITH_TIMEOUT(cameras.rowCount(), 2, kPatience);
}

void CameraListTest::searchNarrowsTheList()
{
    CamerasFixture fixture;
    for (const auto &name : {QStringLiteral("Yard"), QStringLiteral("Road"), QStringLiteral("Garden")})
        fixture.addCamera(name);
    fixture.open();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.cameras->rowCount(), 3, kPatience);
    auto *search = fixture.list->findChild<QLineEdit *>();
    QVERIFY(search);
    search->setText(QStringLiteral("ar"));
    QCOMPARE(fixture.list->view()->model()->rowCount(), 2);
    search->clear();
    QCOMPARE(fixture.list->view()->model()->rowCount(), 3);
}

void CameraListTest::searchKeepsTheHighlightOnTheSelectedCamera()
{
    CamerasFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    for (const auto &name : {QStringLiteral("Road"), QStringLiteral("Garden")})
        fixture.addCamera(name);
    fixture.open();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.cameras->rowCount(), 3, kPatience);
    const ListView *view = fixture.list->view();
    fixture.selection.chooseCamera(yard.id);
    QCOMPARE(view->currentIndex().data().toString(), QStringLiteral("Yard"));
    auto *search = fixture.list->findChild<QLineEdit *>();
    search->setText(QStringLiteral("road"));
    QVERIFY(!view->currentIndex().isValid());
    QVERIFY(!view->selectionModel()->hasSelection());
    QCOMPARE(fixture.selection.camera(), yard.id);
    search->setText(QStringLiteral("ar"));
    QCOMPARE(view->currentIndex().data().toString(), QStringLiteral("Yard"));
}

void CameraListTest::escapeClearsTheSearch()
{
    CamerasFixture fixture;
    fixture.addCamera(QStringLiteral("Yard"));
    fixture.open();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.cameras->rowCount(), 1, kPatience);
    auto *search = fixture.list->findChild<QLineEdit *>();
    search->setText(QStringLiteral("road"));
    QCOMPARE(fixture.list->view()->model()->rowCount(), 0);
    QTest::keyClick(search, Qt::Key_Escape);
    QCOMPARE(search->text(), QString());
    QCOMPARE(fixture.list->view()->model()->rowCount(), 1);
}

void CameraListTest::renamingChangesTheStoredName()
{
    CamerasFixture fixture;
    const auto yard = fixture.addCamera(QStringLiteral("Yard"));
    fixture.open();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.cameras->rowCount(), 1, kPatience);
    QSignalSpy failed(fixture.cameras.get(), &CameraModel::renameFailed);
    QVERIFY(!fixture.cameras->setData(fixture.cameras->index(0, 0), QStringLiteral("  "), Qt::EditRole));
    QVERIFY(
        fixture.cameras->setData(fixture.cameras->index(0, 0), QStringLiteral(" Back  yard "), Qt::EditRole));
    QTRY_COMPARE_WITH_TIMEOUT(fixture.cameras->nameOf(yard.id), QStringLiteral("Back yard"), kPatience);

    fixture.commands.refuse<protocol::RenameCamera>(QStringLiteral("That name is taken"));
    fixture.cameras->setData(fixture.cameras->index(0, 0), QStringLiteral("Road"), Qt::EditRole);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kPatience);
    QCOMPARE(fixture.cameras->nameOf(yard.id), QStringLiteral("Back yard"));
}

void CameraListTest::keepsTheSelectionInView()
{
    CamerasFixture fixture;
    catalog::Camera last;
    for (int i = 0; i < 12; ++i)
        last = fixture.addCamera(QStringLiteral("Camera %1").arg(i, 2, 10, QLatin1Char('0')));
    fixture.add(last, Kind::Clip, fixture.clock.now() - kMinuteMs);
    fixture.open();
    fixture.list->resize(240, 900);
    fixture.list->show();
    QTRY_COMPARE_WITH_TIMEOUT(fixture.cameras->rowCount(), 12, kPatience);
    ListView *list = fixture.list->view();
    fixture.selection.chooseCamera(last.id);
    QVERIFY(list->viewport()->rect().contains(list->visualRect(list->currentIndex())));
    fixture.list->resize(240, 300);
    QTRY_VERIFY_WITH_TIMEOUT(list->viewport()->rect().contains(list->visualRect(list->currentIndex())),
                             kPatience);
    QVERIFY(list->verticalScrollBar()->value() > 0);
    list->scrollToTop(); // somebody looks elsewhere
    fixture.list->resize(240, 290);
    QTest::qWait(50);
    QCOMPARE(list->verticalScrollBar()->value(), 0);
}

GATEHOUSE_TEST(CameraListTest)
#include "camera_list_test.moc"
