// Every dialog about a camera or its recordings, with ordinary names and with the longest, in both themes: no
// text is cut, and no name makes a dialog wide. GATEHOUSE_SHOTS names a folder for the pictures, to hold next
// to the look.
#include "base/limits.h"
#include "base/regional_time.h"
#include "cameras/clock_dialog.h"
#include "cameras/connection_dialog.h"
#include "cameras/encryption_dialog.h"
#include "cameras/login_dialog.h"
#include "cameras/merge_dialog.h"
#include "cameras/remove_camera_dialog.h"
#include "cameras/trouble_dialog.h"
#include "cameras/zone_dialog.h"
#include "events/delete_dialog.h"
#include "fakes/engine_fixture.h"
#include "models/camera_model.h"
#include "models/engine_status_model.h"
#include "shell/deletions_dialog.h"
#include "shell/quit_dialog.h"
#include "support/durations.h"
#include "support/registry.h"
#include "widgets/theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QTest>
#include <algorithm>
#include <functional>

using namespace gatehouse;
using gatehouse::tests::EngineFixture;
using gatehouse::tests::kPatience;

namespace
{

constexpr int kMaxDialogWidth = 560;

QString cutTexts(const QWidget &dialog)
{
    QStringList out;
    for (const QWidget *part : dialog.findChildren<QWidget *>()) {
        const auto *label = qobject_cast<const QLabel *>(part);
        const auto *button = qobject_cast<const QAbstractButton *>(part);
        const auto *field = qobject_cast<const QLineEdit *>(part);
        const auto *choice = qobject_cast<const QComboBox *>(part);
        if (choice && choice->isVisible() && !choice->isEditable() &&
            choice->width() < choice->sizeHint().width())
            out.append(choice->currentText());
        if (!part->isVisible() || !(label || button || field))
            continue;
        const QString text = label ? label->text() : button ? button->text() : field->placeholderText();
        const bool wraps = label && label->wordWrap();
        const int high = wraps ? label->heightForWidth(label->width()) : part->sizeHint().height();
        const int wide =
            field ? field->fontMetrics().horizontalAdvance(text) : part->minimumSizeHint().width();
        if (!text.isEmpty() && ((!wraps && part->width() < wide) || part->height() < high - 2))
            out.append(text);
    }
    return out.join(QStringLiteral(" | "));
}

} // namespace

class DialogFitTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cutsNoText_data();
    void cutsNoText();
    void givesScreenReadersTheWholeName();
};

void DialogFitTest::cutsNoText_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("locale");
    QTest::newRow("short") << QStringLiteral("Yard") << QStringLiteral("de_DE");
    QTest::newRow("words")
        << QStringLiteral("The camera above the back door of the workshop, towards the old apple tree")
        << QStringLiteral("en_US");
    QTest::newRow("one word") << QString(limits::kMaxCameraName, QLatin1Char('W')) << QStringLiteral("en_US");
}

void DialogFitTest::cutsNoText()
{
    QFETCH(QString, name);
    QFETCH(QString, locale);
    const auto restore = qScopeGuard([] {
        setRegion({});
        widgets::applyTheme(*qApp, widgets::darkTheme());
    });
    setRegion(Region::of(QLocale(locale)));
    EngineFixture fixture;
    QVector<catalog::Camera> cameras{fixture.addCamera(name),
                                     fixture.addCamera(QStringLiteral("Road & rail"))};
    const auto services = fixture.services();
    models::EngineStatusModel engine(fixture.client);
    models::CameraModel model(services, fixture.clock);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 2, kPatience);
    protocol::CameraFault fault;
    fault.kind = FaultKind::NoPassiveData;
    fault.user = cameras[0].user;
    fault.peer = QStringLiteral("192.168.1.57");
    fault.first = fault.last = fixture.clock.now();
    fault.count = 14;
    model.setFaults({fault}, {});
    cameras[0].zone = "Europe/Berlin";
    cameras[0].offset = 62 * 60'000 + 3'000;
    cameras[0].items = 12'345;
    cameras[0].bytes = 31'000'000'000;
    QVector<catalog::Item> items;
    for (int i = 0; i < 9; ++i) {
        catalog::Item item;
        item.id = ItemId{i + 1};
        item.camera = cameras[i % 2].id;
        item.event = EventId{i / 3 + 1};
        item.kind = i % 3 ? Kind::Clip : Kind::Still;
        item.captured = 1'781'270'000'000 + i * 3'600'000;
        item.duration = 40'000;
        item.bytes = 3'200'000;
        item.isProtected = i == 4;
        items.append(item);
    }

    const std::pair<const char *, std::function<QDialog *()>> dialogs[] = {
        {"zone", [&] { return new cameras::ZoneDialog(cameras[0], nullptr); }},
        {"clock", [&] { return new cameras::ClockDialog(cameras[0], nullptr); }},
        {"merge", [&] { return new cameras::MergeDialog(cameras[1], cameras, nullptr); }},
        {"merge-long", [&] { return new cameras::MergeDialog(cameras[0], cameras, nullptr); }},
        {"remove", [&] { return new cameras::RemoveCameraDialog(cameras[0], nullptr); }},
        {"remove-all",
         [&] {
             auto *dialog = new cameras::RemoveCameraDialog(cameras[0], nullptr);
             dialog->findChild<QCheckBox *>()->setChecked(true);
             return dialog;
         }},
        {"encryption",
         [&] {
             return new cameras::EncryptionDialog(services.commands, cameras[0], {cameras[1].name}, nullptr);
         }},
        {"connection",
         [&] {
             return new cameras::ConnectionDialog(services.commands, cameras[0], cameras[1].name, nullptr);
         }},
        {"trouble",
         [&] {
             return new cameras::TroubleDialog(services.commands, model, engine, cameras[0].id, nullptr);
         }},
        {"trouble-over",
         [&] {
             return new cameras::TroubleDialog(services.commands, model, engine, cameras[1].id, nullptr);
         }},
        {"login", [&] { return new cameras::LoginDialog(services.commands, engine, nullptr); }},
        {"password",
         [&] {
             return new cameras::LoginDialog(services.commands, engine, cameras[0], {cameras[1].name},
                                             nullptr);
         }},
        {"delete", [&] { return new events::DeleteDialog(items, cameras, nullptr); }},
        {"delete-one", [&] { return new events::DeleteDialog(items.mid(1, 1), cameras, nullptr); }},
        {"quit",
         [&] {
             return new shell::QuitDialog({true, true}, nullptr);
         }},
        {"quit-no-tray",
         [&] {
             return new shell::QuitDialog({true, false}, nullptr);
         }},
    };
    const QString folder = qEnvironmentVariable("GATEHOUSE_SHOTS");
    for (const widgets::Theme *theme : {&widgets::darkTheme(), &widgets::lightTheme()}) {
        widgets::applyTheme(*qApp, *theme);
        for (const auto &[what, make] : dialogs) {
            const std::unique_ptr<QDialog> dialog(make());
            dialog->show();
            QVERIFY(QTest::qWaitForWindowExposed(dialog.get()));
            QTest::qWait(50); // answers of the engine
            QVERIFY2(cutTexts(*dialog).isEmpty(), qPrintable(QLatin1String(what) + cutTexts(*dialog)));
            QVERIFY2(dialog->width() <= kMaxDialogWidth,
                     qPrintable(QStringLiteral("%1: %2").arg(QLatin1String(what)).arg(dialog->width())));
            if (!folder.isEmpty())
                dialog->grab().save(QDir(folder).filePath(
                    QStringLiteral("%1-%2-%3.png")
                        .arg(QLatin1String(what), QLatin1String(QTest::currentDataTag()),
                             theme->isDark ? QStringLiteral("dark") : QStringLiteral("light"))));
        }
    }
}

void DialogFitTest::givesScreenReadersTheWholeName()
{
    catalog::Camera camera;
    camera.id = CameraId{1};
    camera.name = QString(limits::kMaxCameraName, QLatin1Char('W'));
    catalog::Camera other;
    other.id = CameraId{2};
    other.name = QStringLiteral("Yard");
    const cameras::MergeDialog dialog(camera, {camera, other}, nullptr);
    const QString whole = QStringLiteral("Merge %1 into another camera").arg(camera.name);
    QCOMPARE(dialog.windowTitle(), whole);
    const auto labels = dialog.findChildren<QLabel *>();
    const auto heading = std::find_if(labels.begin(), labels.end(), [](const QLabel *label) {
        return label->text().startsWith(QLatin1String("Merge "));
    });
    QVERIFY(heading != labels.end());
    QVERIFY((*heading)->text() != whole); // there is no room for it
    QCOMPARE((*heading)->accessibleName(), whole);
    const auto buttons = dialog.findChildren<QAbstractButton *>();
    const auto merge = std::find_if(buttons.begin(), buttons.end(), [](const QAbstractButton *button) {
        return button->text().startsWith(QLatin1String("Merge "));
    });
    QVERIFY(merge != buttons.end());
    QVERIFY((*merge)->text().size() < camera.name.size());
    QCOMPARE((*merge)->accessibleName(), QStringLiteral("Merge %1").arg(camera.name));
}

GATEHOUSE_TEST(DialogFitTest)
#include "dialog_fit_test.moc"
