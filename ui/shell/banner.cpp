#include "shell/banner.h"

#include "widgets/icon_button.h"
#include "widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace gatehouse::shell
{

Banner::Banner(QWidget *parent)
    : QWidget(parent), m_words(new QLabel(this)), m_action(new QPushButton(this)),
      m_close(new widgets::IconButton(QStringLiteral("x"), tr("Close"), this))
{
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::PlainText);
    m_action->setProperty("small", true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16 + widgets::metrics::IconButton + 10, 6, 12, 7);
    row->setSpacing(12);
    row->addWidget(m_words, 1);
    row->addWidget(m_action);
    row->addWidget(m_close);
    connect(m_action, &QPushButton::clicked, this, &Banner::actionClicked);
    connect(m_close, &QAbstractButton::clicked, this, &Banner::hide);
    hide();
}

void Banner::say(const QString &iconName, const QString &sentence, const QString &action, bool canBeClosed)
{
    m_iconName = iconName;
    m_words->setText(sentence);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_close->setVisible(canBeClosed);
    setVisible(!sentence.isEmpty());
    update();
}

QString Banner::sentence() const
{
    return isHidden() ? QString() : m_words->text();
}

void Banner::paintEvent(QPaintEvent *)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.warnWeak);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.line);
    const int side = widgets::metrics::IconButton;
    widgets::drawIcon(painter, QRect(16, (height() - side) / 2, side, side), m_iconName, theme.warn);
}

} // namespace gatehouse::shell
