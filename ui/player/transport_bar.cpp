#include "player/transport_bar.h"

#include "player/player_messages.h"
#include "player/player_panel.h"
#include "player/transport_readout.h"
#include "player/volume_control.h"
#include "widgets/theme.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>

namespace gatehouse::player
{

namespace
{

namespace metrics = widgets::metrics;

constexpr int kPlaySide = 40;
constexpr int kTransportGap = 8;
constexpr int kReadoutGap = 16;

QString withKeys(const QAction &action)
{
    const QString keys = QKeySequence::listToString(action.shortcuts(), QKeySequence::NativeText);
    return keys.isEmpty() ? action.text() : QStringLiteral("%1 (%2)").arg(action.text(), keys);
}

} // namespace

TransportBar::TransportBar(PlayerPanel &player, QWidget *parent)
    : QWidget(parent), m_player(player.controller())
{
    const PlayerPanel::Actions &does = player.does();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kTransportGap);
    row->addWidget(makeButton(QStringLiteral("skip-back"), does.previousEvent));
    m_stepBack = makeButton(QStringLiteral("step-back"), does.stepBack);
    row->addWidget(m_stepBack);

    m_play = new QPushButton(this);
    m_play->setProperty("role", QStringLiteral("primary"));
    m_play->setFixedSize(kPlaySide, kPlaySide);
    m_play->setStyleSheet(QStringLiteral("padding: 0"));
    m_play->setIconSize({metrics::kIconRail, metrics::kIconRail});
    m_play->setToolTip(withKeys(*does.playPause));
    m_play->setFocusPolicy(Qt::TabFocus);
    connect(m_play, &QPushButton::clicked, does.playPause, &QAction::trigger);
    row->addWidget(m_play);

    m_stepForward = makeButton(QStringLiteral("step-forward"), does.stepForward);
    row->addWidget(m_stepForward);
    row->addWidget(makeButton(QStringLiteral("skip-forward"), does.nextEvent));
    row->addSpacing(kReadoutGap - kTransportGap);
    m_readout = new TimeReadout(this);
    row->addWidget(m_readout);
    row->addSpacing(kReadoutGap - kTransportGap);
    m_speed = makeSpeed();
    row->addWidget(m_speed);
    m_volume = new VolumeControl(this);
    connect(m_volume, &VolumeControl::volumeChosen, &m_player, &PlayerController::setVolume);
    connect(m_volume, &VolumeControl::muteRequested, does.mute, &QAction::trigger);
    row->addWidget(m_volume);

    connect(&m_player, &PlayerController::timeChanged, m_readout, &TimeReadout::setTime);
    connect(&m_player, &PlayerController::itemChanged, this, &TransportBar::refreshEnabled);
    connect(&m_player, &PlayerController::soundChanged, this, &TransportBar::refreshSound);
    connect(&m_player.engine(), &media::PlayerEngine::opened, this, &TransportBar::refreshEnabled);
    connect(&m_player.engine(), &media::PlayerEngine::failed, this, &TransportBar::refreshEnabled);
    connect(&m_player.engine(), &media::PlayerEngine::playingChanged, this, &TransportBar::refreshPlay);
    connect(&m_player.engine(), &media::PlayerEngine::rateChanged, this, &TransportBar::refreshSpeed);
    if (m_player.item()) // made while something is shown: full screen
        m_readout->setTime(m_player.time());
    refreshSpeed();
    refreshEnabled();
}

widgets::IconButton *TransportBar::makeButton(const QString &icon, QAction *action)
{
    auto *button = new widgets::IconButton(icon, withKeys(*action), this, metrics::kControlHeight,
                                           metrics::kIconTransport);
    connect(button, &QToolButton::clicked, action, &QAction::trigger);
    return button;
}

QPushButton *TransportBar::makeSpeed()
{
    auto *button = new QPushButton(this);
    button->setProperty("small", true);
    button->setFont(widgets::font(widgets::TextStyle::Label));
    button->setLayoutDirection(Qt::RightToLeft); // the arrow behind the text
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolTip(tr("Speed. Sound plays at %1 only").arg(rateText(1.0)));
    auto *menu = new QMenu(button);
    for (const double rate : PlayerController::rates()) {
        QAction *choice = menu->addAction(rateText(rate));
        connect(choice, &QAction::triggered, this, [this, rate] { m_player.engine().setRate(rate); });
    }
    // Not setMenu(): that draws the style's own arrow.
    connect(button, &QPushButton::clicked, menu, [button, menu] {
        menu->popup(button->mapToGlobal(QPoint(0, -menu->sizeHint().height() - metrics::kGrid)));
    });
    return button;
}

void TransportBar::setWide(bool on)
{
    m_volume->setCompact(!on);
}

QString TransportBar::readout() const
{
    return m_readout->text();
}

void TransportBar::refreshPlay()
{
    const bool isPlaying = m_player.engine().isPlaying();
    const widgets::Theme &theme = widgets::themeOf(*this);
    const QString name = isPlaying ? QStringLiteral("pause") : QStringLiteral("play");
    m_play->setIcon(widgets::icon(name, m_play->isEnabled() ? theme.onAccent : theme.ink3));
    m_play->setAccessibleName(isPlaying ? tr("Pause") : tr("Play"));
}

void TransportBar::refreshSpeed()
{
    m_speed->setText(rateText(m_player.engine().rate()));
    widgets::setButtonIcon(*m_speed, QStringLiteral("chevron-down"), widgets::themeOf(*this).ink2);
    m_speed->setAccessibleName(tr("Speed %1").arg(m_speed->text()));
}

void TransportBar::refreshSound()
{
    m_volume->setState(m_player.volume(), m_player.isMuted(), m_player.silentBecause());
}

void TransportBar::refreshEnabled()
{
    const bool isClip = m_player.item() && m_player.item()->kind == Kind::Clip;
    m_play->setEnabled(isClip);
    m_stepBack->setEnabled(isClip);
    m_stepForward->setEnabled(isClip);
    if (!m_player.item())
        m_readout->setTime(0);
    refreshPlay();
    refreshSound();
}

void TransportBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_readout != nullptr) {
        refreshPlay();
        refreshSpeed();
    }
}

} // namespace gatehouse::player
