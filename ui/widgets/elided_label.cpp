#include "widgets/elided_label.h"

#include "widgets/theme.h"

#include <QEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace gatehouse::widgets
{

QString elidedName(const QString &name, int width)
{
    return QFontMetrics(font(TextStyle::H2)).elidedText(name, Qt::ElideMiddle, width);
}

QString elidedNameForButton(const QString &name)
{
    return elidedName(name).replace(QLatin1Char('&'), QStringLiteral("&&"));
}

ElidedLabel::ElidedLabel(const QString &text, Qt::TextElideMode mode, QWidget *parent)
    : QWidget(parent), m_mode(mode), m_ink(&Theme::ink)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setText(text);
}

void ElidedLabel::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void ElidedLabel::setAlignment(Qt::Alignment alignment)
{
    m_alignment = alignment;
    update();
}

void ElidedLabel::setInk(QColor Theme::*token)
{
    m_ink = token;
    update();
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text) + 1, fontMetrics().height()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), fontMetrics().horizontalAdvance(QStringLiteral("mm…"))),
            fontMetrics().height()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    // Disabled: use the palette's group.
    painter.setPen(isEnabled() ? themeOf(*this).*m_ink : palette().color(QPalette::WindowText));
    painter.drawText(rect(), int(m_alignment), fontMetrics().elidedText(m_text, m_mode, width()));
}

bool ElidedLabel::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty()) {
        const bool shortened = fontMetrics().horizontalAdvance(m_text) > width();
        QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), shortened ? m_text : QString(),
                           this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace gatehouse::widgets
