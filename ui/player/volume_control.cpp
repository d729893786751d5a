#include "player/volume_control.h"

#include "widgets/icon_button.h"
#include "widgets/pop_up.h"
#include "widgets/slider.h"
#include "widgets/theme.h"

#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QWheelEvent>

namespace gatehouse::player
{

namespace
{

namespace metrics = widgets::metrics;

constexpr double kVolumePerNotch = 0.05;
constexpr int kFullVolume = 100;
constexpr int kSliderWidth = 88;
constexpr int kSliderGap = 8;
constexpr int kPopUpPadding = 8;

widgets::IconButton *makeSpeaker(QWidget *parent)
{
    return new widgets::IconButton(QStringLiteral("volume-2"), {}, parent, metrics::kControlHeight,
                                   metrics::kIconTransport);
}

} // namespace

VolumeControl::VolumeControl(QWidget *parent)
    : QWidget(parent), m_speaker(makeSpeaker(this)), m_slider(new widgets::Slider(this)),
      m_popUp(new widgets::PopUp(this)), m_mute(makeSpeaker(m_popUp))
{
    m_slider->setRange(0, kFullVolume);
    m_slider->setPageStep(kFullVolume / 10);
    m_slider->setFixedWidth(kSliderWidth);
    m_slider->setAccessibleName(tr("Volume"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kSliderGap);
    row->addWidget(m_speaker);
    row->addWidget(m_slider);
    auto *inside = new QHBoxLayout(m_popUp);
    inside->setContentsMargins(kPopUpPadding, kPopUpPadding, kPopUpPadding, kPopUpPadding);
    inside->setSpacing(kSliderGap);
    inside->addWidget(m_mute);
    m_mute->setTip(tr("Mute or unmute (M)"));

    m_speaker->installEventFilter(this);
    connect(m_speaker, &QToolButton::clicked, this, &VolumeControl::click);
    connect(m_mute, &QToolButton::clicked, this, &VolumeControl::muteRequested);
    connect(m_slider, &widgets::Slider::valueChanged, this,
            [this](int value) { Q_EMIT volumeChosen(double(value) / kFullVolume); });
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
        Q_EMIT muteRequested();
        return;
    }
    m_popUp->openBeside(*m_speaker, widgets::PopUp::Side::Above);
    m_slider->setFocus(Qt::PopupFocusReason);
}

void VolumeControl::refresh()
{
    const bool isHeard = m_silentBecause.isEmpty();
    const int percent = qRound(m_volume * kFullVolume);
    const QString icon = isHeard && !m_isMuted ? QStringLiteral("volume-2") : QStringLiteral("volume-x");
    for (widgets::IconButton *speaker : {m_speaker, m_mute}) {
        speaker->setIconName(icon);
        speaker->setEnabled(isHeard);
    }
    m_speaker->setTip(!isHeard      ? m_silentBecause
                      : m_isCompact ? tr("Volume %1%. Click to change, M to mute").arg(percent)
                                    : tr("Volume %1%. Click to mute (M), scroll to change").arg(percent));
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
        Q_EMIT volumeChosen(m_volume + (turned > 0 ? kVolumePerNotch : -kVolumePerNotch));
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace gatehouse::player
