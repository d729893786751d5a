#include "shell/rail.h"

#include "shell/rail_button.h"
#include "widgets/theme.h"

#include <QPainter>
#include <QVBoxLayout>

namespace gatehouse::shell
{

namespace
{
constexpr int kRailNarrowWidth = 48;
} // namespace

Rail::Rail(QWidget *parent) : QWidget(parent)
{
    setFixedWidth(widgets::metrics::kRailWidth);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 8);
    column->setSpacing(4);
    const std::pair<QString, QString> screens[] = {{QStringLiteral("clapperboard"), tr("Review")},
                                                   {QStringLiteral("settings"), tr("Settings")}};
    for (const auto &[icon, text] : screens) {
        auto *button = new RailButton(icon, text, this);
        const auto screen = Screen(m_buttons.size());
        connect(button, &QAbstractButton::clicked, this, [this, screen] { Q_EMIT chosen(screen); });
        if (screen == Settings)
            column->addStretch();
        column->addWidget(button, 0, Qt::AlignHCenter);
        m_buttons.append(button);
    }
    setScreen(Review);
}

void Rail::setScreen(Screen screen)
{
    m_buttons[screen]->setChecked(true);
}

void Rail::setNarrow(bool narrow)
{
    setFixedWidth(narrow ? kRailNarrowWidth : widgets::metrics::kRailWidth);
    for (RailButton *button : std::as_const(m_buttons))
        button->setNarrow(narrow);
}

void Rail::setNeedsYou(Screen screen, bool on)
{
    m_buttons[screen]->setNeedsYou(on);
}

void Rail::paintEvent(QPaintEvent *)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.bg);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), theme.line);
}

} // namespace gatehouse::shell
