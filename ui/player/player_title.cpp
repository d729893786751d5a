#include "player/player_title.h"

#include "widgets/elided_label.h"
#include "widgets/figures.h"
#include "widgets/format.h"
#include "widgets/icon_button.h"
#include "widgets/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPainter>

namespace gatehouse::player
{

namespace
{

constexpr int kTitleHeight = 44;
constexpr int kTitleGap = 10;

QFont whenFont()
{
    return widgets::font(widgets::TextStyle::Label, QFont::Normal);
}

} // namespace

PlayerTitle::PlayerTitle(QAction *fullScreen, QWidget *parent)
    : QWidget(parent), m_camera(new widgets::ElidedLabel({}, Qt::ElideMiddle, this)),
      m_when(new QWidget(this))
{
    setFixedHeight(kTitleHeight);
    m_camera->setFont(widgets::font(widgets::TextStyle::H3));
    m_camera->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_when->setAttribute(Qt::WA_TransparentForMouseEvents);
    const QString keys = fullScreen->shortcut().toString(QKeySequence::NativeText);
    auto *button =
        new widgets::IconButton(QStringLiteral("maximize"), tr("Full screen (%1)").arg(keys), this);
    connect(button, &QAbstractButton::clicked, fullScreen, &QAction::trigger);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kTitleGap);
    row->addWidget(m_camera);
    row->addWidget(m_when, 1);
    row->addWidget(button);
}

void PlayerTitle::show(const QString &camera, qint64 time)
{
    m_camera->setText(camera);
    if (time / 1000 != m_time / 1000)
        update();
    m_time = time;
}

QString PlayerTitle::whenText() const
{
    return m_time == 0 ? QString() : tr("%1, %2").arg(widgets::dayText(m_time), widgets::clockText(m_time));
}

QString PlayerTitle::text() const
{
    return m_time == 0 ? m_camera->text() : tr("%1, %2").arg(m_camera->text(), whenText());
}

void PlayerTitle::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(whenFont());
    painter.setPen(widgets::themeOf(*this).ink2);
    const QString whole = whenText();
    const bool fits = widgets::figuresWidth(QFontMetricsF(painter.font()), whole) <= m_when->width();
    widgets::drawFigures(painter, m_when->geometry(), Qt::AlignLeft | Qt::AlignVCenter,
                         fits || m_time == 0 ? whole : widgets::clockText(m_time));
}

} // namespace gatehouse::player
