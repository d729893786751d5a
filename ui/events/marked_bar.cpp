#include "events/marked_bar.h"

#include "widgets/icon_button.h"
#include "widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace gatehouse::events
{

namespace
{
constexpr int kMarkedHeight = 40;
} // namespace

MarkedBar::MarkedBar(QWidget *parent) : QWidget(parent), m_words(new QLabel(this))
{
    setFixedHeight(kMarkedHeight);
    m_words->setFont(widgets::font(widgets::TextStyle::Label, 600));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 1, 10, 0);
    row->setSpacing(4);
    row->addWidget(m_words, 1);
    const auto add = [&](const QString &icon, const QString &tip, void (MarkedBar::*pressed)()) {
        auto *button = new widgets::IconButton(icon, tip, this);
        connect(button, &QAbstractButton::clicked, this, pressed);
        row->addWidget(button);
    };
    add(QStringLiteral("check"), tr("Mark as reviewed"), &MarkedBar::reviewRequested);
    add(QStringLiteral("lock"), tr("Protect from deletion"), &MarkedBar::protectRequested);
    add(QStringLiteral("trash-2"), tr("Delete…"), &MarkedBar::deleteRequested);
    add(QStringLiteral("x"), tr("Clear the selection"), &MarkedBar::clearRequested);
    hide();
}

void MarkedBar::setCount(int count)
{
    m_words->setText(tr("%n selected", nullptr, count));
    setVisible(count > 1);
}

void MarkedBar::paintEvent(QPaintEvent *)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.raised);
    painter.fillRect(QRect(0, 0, width(), 1), theme.line);
}

} // namespace gatehouse::events
