#include "shell/shortcuts_help.h"

#include "widgets/theme.h"

#include <QAction>
#include <QEvent>
#include <QKeySequence>
#include <QPainter>

namespace gatehouse::shell
{

namespace
{
constexpr int kHelpColumn = 320;
constexpr int kHelpLine = 28;
constexpr int kHelpPadding = 24;
constexpr int kHelpKeys = 110;
} // namespace

ShortcutsHelp::ShortcutsHelp(QWidget *window) : QWidget(window), m_window(window)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Keyboard shortcuts"));
    hide();
    window->installEventFilter(this);
}

void ShortcutsHelp::collect()
{
    m_lines.clear();
    for (const QAction *action : m_window->findChildren<QAction *>()) {
        QStringList keys;
        for (const QKeySequence &key : action->shortcuts())
            keys.append(key.toString(QKeySequence::NativeText));
        QString text = action->text();
        text.remove(QLatin1Char('&')).remove(QChar(0x2026));
        const QString line = QStringLiteral("%1\t%2").arg(keys.join(QStringLiteral("  ")), text);
        if (!keys.isEmpty() && !text.isEmpty() && !m_lines.contains(line))
            m_lines.append(line);
    }
    m_lines += m_more;
}

void ShortcutsHelp::addLine(const QString &keys, const QString &text)
{
    m_more.append(QStringLiteral("%1\t%2").arg(keys, text));
}

void ShortcutsHelp::open()
{
    collect();
    setGeometry(m_window->rect());
    m_focusBefore = m_window->focusWidget();
    raise();
    show();
    setFocus(Qt::PopupFocusReason);
}

void ShortcutsHelp::paintEvent(QPaintEvent *)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = theme.bg;
    veil.setAlphaF(0.6);
    painter.fillRect(rect(), veil);

    const int rowsThatFit = std::max(1, (height() - 160) / kHelpLine);
    const int columns = std::max(1, (int(m_lines.size()) + rowsThatFit - 1) / rowsThatFit);
    const int rows = (int(m_lines.size()) + columns - 1) / columns;
    QRect panel(0, 0, columns * kHelpColumn + 2 * kHelpPadding, rows * kHelpLine + 2 * kHelpPadding + 40);
    panel.moveCenter(rect().center());
    painter.setPen(theme.edge);
    painter.setBrush(theme.raised);
    painter.drawRoundedRect(panel, widgets::metrics::kRadiusPopup, widgets::metrics::kRadiusPopup);

    painter.setPen(theme.ink);
    painter.setFont(widgets::font(widgets::TextStyle::H2));
    const QRect inner = panel.adjusted(kHelpPadding, kHelpPadding, -kHelpPadding, -kHelpPadding);
    painter.drawText(QRect(inner.topLeft(), QSize(inner.width(), 24)), Qt::AlignVCenter,
                     tr("Keyboard shortcuts"));
    for (int i = 0; i < int(m_lines.size()); ++i) {
        const QRect line(inner.left() + i / rows * kHelpColumn, inner.top() + 40 + i % rows * kHelpLine,
                         kHelpColumn - 16, kHelpLine);
        painter.setFont(widgets::font(widgets::TextStyle::Label, QFont::DemiBold));
        painter.setPen(theme.accent);
        painter.drawText(line, Qt::AlignVCenter, m_lines[i].section(QLatin1Char('\t'), 0, 0));
        painter.setFont(widgets::font(widgets::TextStyle::Body));
        painter.setPen(theme.ink);
        const QRect words = line.adjusted(kHelpKeys, 0, 0, 0);
        painter.drawText(words, Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(m_lines[i].section(QLatin1Char('\t'), 1),
                                                          Qt::ElideRight, words.width()));
    }
}

void ShortcutsHelp::leave()
{
    // Before hiding, which would move the focus to the next widget.
    if (m_focusBefore)
        m_focusBefore->setFocus();
    hide();
}

void ShortcutsHelp::keyPressEvent(QKeyEvent *)
{
    leave();
}

void ShortcutsHelp::mousePressEvent(QMouseEvent *)
{
    leave();
}

bool ShortcutsHelp::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && isVisible())
        setGeometry(m_window->rect());
    return QWidget::eventFilter(watched, event);
}

} // namespace gatehouse::shell
