#include "shell/banner.h"

#include "widgets/icon_button.h"
#include "widgets/theme.h"

#include <QAccessible>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace gatehouse::shell
{

namespace
{
constexpr int kMaxLetters = 110; // per line, so that the action stays close to its sentence in a wide window
} // namespace

Banner::Banner(QWidget *parent)
    : QWidget(parent), m_words(new QLabel(this)), m_action(new QPushButton(this)),
      m_close(new widgets::IconButton(QStringLiteral("x"), tr("Close"), this))
{
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::PlainText);
    const QFont words = widgets::font(widgets::TextStyle::Body);
    m_words->setFont(words);
    m_words->setMaximumWidth(kMaxLetters * QFontMetrics(words).averageCharWidth());
    m_action->setProperty("small", true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16 + widgets::metrics::kIconButton + 10, 6, 12, 7);
    row->setSpacing(12);
    row->addWidget(m_words, 1);
    row->addWidget(m_action);
    row->addStretch();
    row->addWidget(m_close);
    connect(m_action, &QPushButton::clicked, this, &Banner::actionClicked);
    connect(m_close, &QAbstractButton::clicked, this, [this] {
        leaveFocus();
        hide();
        Q_EMIT closed();
    });
    hide();
}

void Banner::say(const QString &iconName, const QString &sentence, const QString &action, bool canBeClosed)
{
    if ((m_action->hasFocus() && action != m_action->text()) || (m_close->hasFocus() && !canBeClosed) ||
        sentence.isEmpty())
        leaveFocus();
    m_iconName = iconName;
    m_words->setText(sentence);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_close->setVisible(canBeClosed);
    // Screen readers may read only the button: describe its purpose.
    m_action->setAccessibleDescription(sentence);
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

void Banner::leaveFocus()
{
    // Hiding a focused button passes the focus to the next one, which may be another banner's action.
    if ((m_action->hasFocus() || m_close->hasFocus()) && parentWidget() != nullptr)
        parentWidget()->setFocus(Qt::OtherFocusReason);
}

void Banner::comeAfter(Banner &before)
{
    setTabOrder(before.m_close, m_action);
    setTabOrder(m_action, m_close);
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
