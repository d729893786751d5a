#include "widgets/toasts.h"

#include "widgets/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QTimer>

namespace gatehouse::widgets
{

namespace
{

constexpr int kToastWidth = 360;
constexpr int kMaxToasts = 3;
constexpr int kToastMargin = 16;

class Toast final : public QWidget
{
public:
    Toast(QWidget *host, QString iconName, const QString &sentence, int ms)
        : QWidget(host), m_iconName(std::move(iconName))
    {
        setFixedWidth(std::min(kToastWidth, host->width() - 2 * kToastMargin));
        m_row = new QHBoxLayout(this);
        m_row->setContentsMargins(40, 12, 16, 12);
        m_row->setSpacing(12);
        auto *words = new QLabel(sentence, this);
        words->setWordWrap(true);
        words->setTextFormat(Qt::PlainText);
        m_row->addWidget(words, 1);
        m_timer.setSingleShot(true);
        m_timer.setInterval(ms);
        m_timer.start();
    }

    QHBoxLayout *row() const { return m_row; }
    QTimer &timer() { return m_timer; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = themeOf(*this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(theme.edge);
        painter.setBrush(theme.raised);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::kRadiusPanel,
                                metrics::kRadiusPanel);
        const int side = metrics::kIconButton;
        drawIcon(painter, QRect(16, (height() - side) / 2, side, side), m_iconName, theme.ink2);
    }
    void enterEvent(QEnterEvent *) override { m_timer.stop(); }
    void leaveEvent(QEvent *) override { m_timer.start(); }

private:
    QString m_iconName;
    QHBoxLayout *m_row = nullptr;
    QTimer m_timer;
};

} // namespace

Toasts::Toasts(QWidget *host, int bottom) : QObject(host), m_host(host), m_bottom(bottom)
{
    host->installEventFilter(this);
}

void Toasts::show(const QString &iconName, const QString &sentence, const QString &actionText,
                  std::function<void()> action, int ms)
{
    auto *toast = new Toast(m_host, iconName, sentence, ms);
    if (!actionText.isEmpty()) {
        auto *button = new QPushButton(actionText, toast);
        button->setProperty("role", QStringLiteral("link"));
        button->setCursor(Qt::PointingHandCursor);
        toast->row()->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, toast, action = std::move(action)] {
            remove(toast);
            if (action)
                action();
        });
    }
    connect(&toast->timer(), &QTimer::timeout, this, [this, toast] { remove(toast); });
    m_toasts.append(toast);
    if (m_toasts.size() > kMaxToasts)
        remove(m_toasts.first());
    toast->show();
    arrange();
}

bool Toasts::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        arrange();
    return QObject::eventFilter(watched, event);
}

void Toasts::arrange()
{
    int bottom = m_host->height() - m_bottom - kToastMargin;
    for (auto it = m_toasts.crbegin(); it != m_toasts.crend(); ++it) {
        QWidget *toast = *it;
        const int tall = std::max(toast->sizeHint().height(), toast->heightForWidth(toast->width()));
        toast->setGeometry(m_host->width() - toast->width() - kToastMargin, bottom - tall, toast->width(),
                           tall);
        toast->raise();
        bottom -= tall + metrics::kGrid * 2;
    }
}

void Toasts::remove(QWidget *toast)
{
    m_toasts.removeOne(toast);
    toast->hide();
    toast->deleteLater();
    arrange();
}

} // namespace gatehouse::widgets
