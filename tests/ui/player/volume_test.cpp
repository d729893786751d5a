#include "player/volume_control.h"
#include "support/durations.h"
#include "support/registry.h"
#include "widgets/icon_button.h"
#include "widgets/pop_up.h"
#include "widgets/slider.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QDir>
#include <QScreen>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>
#include <QWheelEvent>

using namespace gatehouse;
using gatehouse::tests::kPatience;
using player::VolumeControl;

namespace
{

struct VolumeFixture {
    VolumeFixture()
    {
        window.resize(400, 300);
        auto *column = new QVBoxLayout(&window);
        control = new VolumeControl(&window);
        column->addWidget(control, 0, Qt::AlignBottom | Qt::AlignLeft);
        window.show();
        slider = control->findChild<widgets::Slider *>();
        popUp = control->findChild<widgets::PopUp *>();
        for (auto *button : control->findChildren<widgets::IconButton *>()) {
            if (button->window() == &window)
                speaker = button;
        }
    }
    void wheel(int turned) const
    {
        const QPointF at = speaker->rect().center();
        QWheelEvent event(at, speaker->mapToGlobal(at), {}, {0, turned}, {}, {}, Qt::NoScrollPhase, false);
        QApplication::sendEvent(speaker, &event);
    }

    QWidget window;
    VolumeControl *control = nullptr;
    widgets::Slider *slider = nullptr;
    widgets::PopUp *popUp = nullptr;
    widgets::IconButton *speaker = nullptr;
};

} // namespace

class VolumeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::darkTheme()); }
    void speakerMutesIfTheSliderIsVisible();
    void speakerOpensTheSliderInANarrowRow();
    void explainsMissingSound();
};

void VolumeTest::speakerMutesIfTheSliderIsVisible()
{
    VolumeFixture fixture;
    fixture.control->setState(0.5, false, {});
    QSignalSpy muted(fixture.control, &VolumeControl::muteRequested);
    QSignalSpy chosen(fixture.control, &VolumeControl::volumeChosen);
    QVERIFY(fixture.slider->isVisible());
    QCOMPARE(fixture.slider->window(), &fixture.window);
    QTest::mouseClick(fixture.speaker, Qt::LeftButton);
    QCOMPARE(muted.size(), 1);
    QVERIFY(!fixture.popUp->isVisible());
    fixture.wheel(-120);
    QCOMPARE(chosen.takeLast().first().toDouble(), 0.45);
    fixture.slider->setValue(80);
    QCOMPARE(chosen.takeLast().first().toDouble(), 0.8);
    fixture.control->setState(0.5, true, {});
    QCOMPARE(fixture.slider->value(), 0);
    QVERIFY(chosen.isEmpty()); // showing is not choosing
}

void VolumeTest::speakerOpensTheSliderInANarrowRow()
{
    VolumeFixture fixture;
    fixture.control->setState(0.5, false, {});
    fixture.control->setCompact(true);
    QSignalSpy muted(fixture.control, &VolumeControl::muteRequested);
    QSignalSpy chosen(fixture.control, &VolumeControl::volumeChosen);
    QVERIFY(!fixture.slider->isVisible());
    QTest::mouseClick(fixture.speaker, Qt::LeftButton);
    QCOMPARE(muted.size(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.slider->isVisible(), kPatience);
    QCOMPARE(fixture.slider->value(), 50);
    if (const QString folder = qEnvironmentVariable("GATEHOUSE_SHOTS"); !folder.isEmpty())
        fixture.popUp->grab().save(QDir(folder).filePath(QStringLiteral("volume.png")));
    QVERIFY(fixture.window.screen()->availableGeometry().contains(fixture.popUp->geometry()));
    QVERIFY(!fixture.popUp->geometry().intersects(
        QRect(fixture.speaker->mapToGlobal(QPoint()), fixture.speaker->size())));
    QTest::keyClick(fixture.slider, Qt::Key_Right);
    QCOMPARE(chosen.takeLast().first().toDouble(), 0.51);
    QTest::mouseClick(fixture.popUp->findChild<widgets::IconButton *>(), Qt::LeftButton);
    QCOMPARE(muted.size(), 1);
    QTest::keyClick(fixture.popUp, Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(!fixture.popUp->isVisible(), kPatience);
    fixture.control->setCompact(false);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.slider->isVisible(), kPatience);
    QCOMPARE(fixture.slider->window(), &fixture.window);
}

void VolumeTest::explainsMissingSound()
{
    VolumeFixture fixture;
    fixture.control->setCompact(true);
    QTest::mouseClick(fixture.speaker, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(fixture.popUp->isVisible(), kPatience);
    const QString why = QStringLiteral("This PC has no sound output");
    fixture.control->setState(0.5, false, why); // the loudspeaker was unplugged
    QTRY_VERIFY_WITH_TIMEOUT(!fixture.popUp->isVisible(), kPatience);
    QVERIFY(!fixture.speaker->isEnabled());
    QVERIFY(!fixture.slider->isEnabled());
    QCOMPARE(fixture.speaker->toolTip(), why);
    QCOMPARE(fixture.speaker->accessibleName(), why);
    QSignalSpy chosen(fixture.control, &VolumeControl::volumeChosen);
    fixture.wheel(120);
    QTest::mouseClick(fixture.speaker, Qt::LeftButton);
    QVERIFY(!fixture.popUp->isVisible());
    QCOMPARE(chosen.size(), 0);
    fixture.control->setState(0.5, false, {});
    QVERIFY(fixture.speaker->isEnabled());
}

GATEHOUSE_TEST(VolumeTest)
#include "volume_test.moc"
