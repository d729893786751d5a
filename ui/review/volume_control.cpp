#include "review/volume_control.h"

#include "widgets/icon_button.h"
#include "widgets/pop_up.h"
#include "widgets/slider.h"
#include "widgets/theme.h"

#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QWheelEvent>

namespace gatehouse::review
{

namespace
{

namespace metrics = widgets::metrics;

constexpr double volumePerNotch = 0.05;
constexpr int fullVolume = 100;
constexpr int sliderWidth = 88;
constexpr int sliderGap = 8;
constexpr int popUpPadding = 8;

widgets::IconButton *makeSpeaker(QWidget *parent)
{
    return new widgets::IconButton(QStringLiteral("volume-2"), {}, parent, metrics::ControlHeight,
                                   metrics::IconTransport);
}

} // namespace

VolumeControl::VolumeControl(QWidget *parent)
    : QWidget(parent), m_speaker(makeSpeaker(this)), m_slider(new widgets::Slider(this)),
      m_popUp(new widgets::PopUp(this)), m_mute(makeSpeaker(m_popUp))
{
    m_slider->setRange(0, fullVolume);
    m_slider->setPageStep(fullVolume / 10);
    m_slider->setFixedWidth(sliderWidth);
    m_slider->setAccessibleName(tr("Volume"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(sliderGap);
    row->addWidget(m_speaker);
    row->addWidget(m_slider);
    auto *inside = new QHBoxLayout(m_popUp);
    inside->setContentsMargins(popUpPadding, popUpPadding, popUpPadding, popUpPadding);
    inside->setSpacing(sliderGap);
    inside->addWidget(m_mute);
    m_mute->setTip(tr("Sound on or off (M)"));

    m_speaker->installEventFilter(this);
    connect(m_speaker, &QToolButton::clicked, this, &VolumeControl::click);
    connect(m_mute, &QToolButton::clicked, this, &VolumeControl::muteAsked);
    connect(m_slider, &widgets::Slider::valueChanged, this,
            [this](int value) { Q_EMIT volumeChosen(double(value) / fullVolume); });
    refresh();
}

void VolumeControl::setCompact(bool on)
{
    if (on == m_isCompact)
        return;
    m_isCompact = on;
    m_popUp->hide();
    (on ? m_popUp->layout() : layout())->addWidget(m_slider);
    m_slider->show();
    refresh();
}

void VolumeControl::setState(double volume, bool isMuted, const QString &silentBecause)
{
    m_volume = volume;
    m_isMuted = isMuted;
    m_silentBecause = silentBecause;
    refresh();
}

void VolumeControl::click()
{
    if (!m_isCompact) {
        Q_EMIT muteAsked();
        return;
    }
    m_popUp->openBeside(*m_speaker, widgets::PopUp::Side::Above);
    m_slider->setFocus(Qt::PopupFocusReason);
}

void VolumeControl::refresh()
{
    const bool isHeard = m_silentBecause.isEmpty();
    const int percent = qRound(m_volume * fullVolume);
    const QString icon = isHeard && !m_isMuted ? QStringLiteral("volume-2") : QStringLiteral("volume-x");
    for (widgets::IconButton *speaker : {m_speaker, m_mute}) {
        speaker->setIconName(icon);
        speaker->setEnabled(isHeard);
    }
    m_speaker->setTip(!isHeard ? m_silentBecause
                      : m_isCompact
                          ? tr("Volume %1 %. Click to change it, M mutes").arg(percent)
                          : tr("Volume %1 %. Click to mute (M), turn the wheel to change it").arg(percent));
    const QSignalBlocker quiet(m_slider);
    m_slider->setValue(m_isMuted ? 0 : percent);
    m_slider->setEnabled(isHeard);
    m_slider->setToolTip(m_silentBecause);
    if (!isHeard)
        m_popUp->hide();
}

bool VolumeControl::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_speaker && event->type() == QEvent::Wheel && m_speaker->isEnabled()) {
        const int turned = static_cast<QWheelEvent *>(event)->angleDelta().y();
        Q_EMIT volumeChosen(m_volume + (turned > 0 ? volumePerNotch : -volumePerNotch));
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace gatehouse::review
