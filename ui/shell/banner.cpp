#include "shell/banner.h"

#include "widgets/icon_button.h"
#include "widgets/theme.h"

#include <QAccessible>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <algorithm>

namespace gatehouse::shell
{

namespace
{
constexpr int kMaxLetters = 110; // per line, so that the action stays close to its sentence in a wide window
} // namespace

Banner::Banner(QWidget *parent)
    : QWidget(parent), m_words(new QLabel(this)),
      m_close(new widgets::IconButton(QStringLiteral("x"), tr("Close"), this))
{
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::PlainText);
    const QFont words = widgets::font(widgets::TextStyle::Body);
    m_words->setFont(words);
    m_words->setMaximumWidth(kMaxLetters * QFontMetrics(words).averageCharWidth());
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16 + widgets::metrics::kIconButton + 10, 6, 12, 7);
    row->setSpacing(12);
    row->addWidget(m_words, 1);
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        m_buttons[i] = new QPushButton(this);
        m_buttons[i]->setProperty("small", true);
        row->addWidget(m_buttons[i]);
        connect(m_buttons[i], &QPushButton::clicked, this, [this, i] { Q_EMIT actionClicked(int(i)); });
    }
    row->addStretch();
    row->addWidget(m_close);
    setTabOrder(m_buttons.back(), m_close);
    connect(m_close, &QAbstractButton::clicked, this, [this] {
        leaveFocus();
        hide();
        Q_EMIT closed();
    });
    hide();
}

void Banner::say(const QString &iconName, const QString &sentence, const QStringList &actions,
                 bool canBeClosed)
{
    if ((hasFocusInside() && actions != m_actions) || (m_close->hasFocus() && !canBeClosed) ||
        sentence.isEmpty())
        leaveFocus();
    m_iconName = iconName;
    m_words->setText(sentence);
    m_actions = actions;
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        const QString action = actions.value(qsizetype(i));
        m_buttons[i]->setText(action);
        m_buttons[i]->setVisible(!action.isEmpty());
        // Screen readers may read only the button: describe its purpose.
        m_buttons[i]->setAccessibleDescription(sentence);
    }
    m_close->setVisible(canBeClosed);
    m_close->setAccessibleDescription(sentence);
    // Not for each change: a rising count would be announced again and again.
    const bool isNews = !sentence.isEmpty() && isHidden();
    setAccessibleName(sentence);
    setVisible(!sentence.isEmpty());
    update();
    if (isNews) {
        QAccessibleEvent alert(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

bool Banner::hasFocusInside() const
{
    return std::any_of(m_buttons.begin(), m_buttons.end(),
                       [](const QPushButton *button) { return button->hasFocus(); });
}

void Banner::leaveFocus()
{
    // Hiding a focused button passes the focus to the next one, which may be another banner's action.
    if ((hasFocusInside() || m_close->hasFocus()) && parentWidget() != nullptr)
        parentWidget()->setFocus(Qt::OtherFocusReason);
}

void Banner::comeAfter(Banner &before)
{
    QWidget *last = before.m_close;
    for (QPushButton *button : m_buttons) {
        setTabOrder(last, button);
        last = button;
    }
    setTabOrder(last, m_close);
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
    const int side = widgets::metrics::kIconButton;
    widgets::drawIcon(painter, QRect(16, (height() - side) / 2, side, side), m_iconName, theme.warn);
}

} // namespace gatehouse::shell
