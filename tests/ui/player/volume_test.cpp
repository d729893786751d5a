#include "review/volume_control.h"
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
using review::VolumeControl;

namespace
{

struct VolumeHouse {
    VolumeHouse()
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
    void theSpeakerMutesWhereTheSliderIsBesideIt();
    void inANarrowRowTheSpeakerOpensTheSlider();
    void withoutSoundItSaysWhy();
};

void VolumeTest::theSpeakerMutesWhereTheSliderIsBesideIt()
{
    VolumeHouse house;
    house.control->setState(0.5, false, {});
    QSignalSpy muted(house.control, &VolumeControl::muteAsked);
    QSignalSpy chosen(house.control, &VolumeControl::volumeChosen);
    QVERIFY(house.slider->isVisible());
    QCOMPARE(house.slider->window(), &house.window);
    QTest::mouseClick(house.speaker, Qt::LeftButton);
    QCOMPARE(muted.size(), 1);
    QVERIFY(!house.popUp->isVisible());
    house.wheel(-120);
    QCOMPARE(chosen.takeLast().first().toDouble(), 0.45);
    house.slider->setValue(80);
    QCOMPARE(chosen.takeLast().first().toDouble(), 0.8);
    house.control->setState(0.5, true, {});
    QCOMPARE(house.slider->value(), 0);
    QVERIFY(chosen.isEmpty()); // showing is not choosing
}

void VolumeTest::inANarrowRowTheSpeakerOpensTheSlider()
{
    VolumeHouse house;
    house.control->setState(0.5, false, {});
    house.control->setCompact(true);
    QSignalSpy muted(house.control, &VolumeControl::muteAsked);
    QSignalSpy chosen(house.control, &VolumeControl::volumeChosen);
    QVERIFY(!house.slider->isVisible());
    QTest::mouseClick(house.speaker, Qt::LeftButton);
    QCOMPARE(muted.size(), 0);
    QTRY_VERIFY(house.slider->isVisible());
    QCOMPARE(house.slider->value(), 50);
    if (const QString folder = qEnvironmentVariable("GATEHOUSE_SHOTS"); !folder.isEmpty())
        house.popUp->grab().save(QDir(folder).filePath(QStringLiteral("volume.png")));
    QVERIFY(house.window.screen()->availableGeometry().contains(house.popUp->geometry()));
    QVERIFY(!house.popUp->geometry().intersects(
        QRect(house.speaker->mapToGlobal(QPoint()), house.speaker->size())));
    QTest::keyClick(house.slider, Qt::Key_Right);
    QCOMPARE(chosen.takeLast().first().toDouble(), 0.51);
    QTest::mouseClick(house.popUp->findChild<widgets::IconButton *>(), Qt::LeftButton);
    QCOMPARE(muted.size(), 1);
    QTest::keyClick(house.popUp, Qt::Key_Escape);
    QTRY_VERIFY(!house.popUp->isVisible());
    house.control->setCompact(false);
    QTRY_VERIFY(house.slider->isVisible());
    QCOMPARE(house.slider->window(), &house.window);
}

void VolumeTest::withoutSoundItSaysWhy()
{
    VolumeHouse house;
    house.control->setCompact(true);
    QTest::mouseClick(house.speaker, Qt::LeftButton);
    QTRY_VERIFY(house.popUp->isVisible());
    const QString why = QStringLiteral("This computer has no sound output");
    house.control->setState(0.5, false, why); // the loudspeaker was unplugged
    QTRY_VERIFY(!house.popUp->isVisible());
    QVERIFY(!house.speaker->isEnabled());
    QVERIFY(!house.slider->isEnabled());
    QCOMPARE(house.speaker->toolTip(), why);
    QCOMPARE(house.speaker->accessibleName(), why);
    QSignalSpy chosen(house.control, &VolumeControl::volumeChosen);
    house.wheel(120);
    QTest::mouseClick(house.speaker, Qt::LeftButton);
    QVERIFY(!house.popUp->isVisible());
    QCOMPARE(chosen.size(), 0);
    house.control->setState(0.5, false, {});
    QVERIFY(house.speaker->isEnabled());
}

GATEHOUSE_TEST(VolumeTest)
#include "volume_test.moc"
