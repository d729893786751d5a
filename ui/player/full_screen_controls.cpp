#include "player/full_screen_controls.h"

#include "player/player_panel.h"
#include "player/transport_bar.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <utility>

namespace gatehouse::player
{

namespace
{
constexpr int kRestMs = 2'500;
constexpr int kControlsSide = 16;
constexpr int kControlsBottom = 24;
} // namespace

FullScreenControls::FullScreenControls(PlayerPanel &player, QWidget *screen) : QWidget(screen)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(kControlsSide, 0, kControlsSide, 0);
    row->addWidget(new TransportBar(player, this));
    setFixedHeight(widgets::metrics::kToolbarHeight);
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMs);
    connect(&m_rest, &QTimer::timeout, this, &FullScreenControls::leave);
    hide();
    qApp->installEventFilter(this);
}

bool FullScreenControls::eventFilter(QObject *watched, QEvent *event)
{
    const auto *widget = qobject_cast<const QWidget *>(watched);
    if (event->type() == QEvent::MouseMove && widget && widget->window() == window()) {
        const QPoint at = static_cast<QMouseEvent *>(event)->globalPosition().toPoint();
        if (std::exchange(m_pointer, at) != at)
            appear();
    }
    return QWidget::eventFilter(watched, event);
}

void FullScreenControls::appear()
{
    window()->unsetCursor();
    resize(std::min(sizeHint().width(), window()->width() - 2 * kControlsSide), height());
    move((window()->width() - width()) / 2, window()->height() - height() - kControlsBottom);
    show();
    raise();
    m_rest.start();
}

void FullScreenControls::leave()
{
    if (underMouse() || QApplication::activePopupWidget()) {
        m_rest.start();
        return;
    }
    hide();
    window()->setCursor(Qt::BlankCursor);
}

void FullScreenControls::paintEvent(QPaintEvent *)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.edge);
    painter.setBrush(theme.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), widgets::metrics::kRadiusPopup,
                            widgets::metrics::kRadiusPopup);
}

} // namespace gatehouse::player
