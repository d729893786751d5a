#include "widgets/copy_field.h"

#include "widgets/theme.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>

namespace gatehouse::widgets
{

namespace
{
constexpr int kCopiedMs = 2000;
constexpr int kInsideGap = 4; // from the button to the field's edge
} // namespace

CopyField::CopyField(const QString &accessibleName, QWidget *parent)
    : QWidget(parent), m_value(new QLineEdit(this)), m_copy(new QPushButton(this))
{
    m_value->setReadOnly(true);
    m_value->setAccessibleName(accessibleName);
    m_copy->setProperty("inside", true);
    m_copy->setFont(widgets::font(widgets::TextStyle::Label));
    m_copy->setAutoDefault(false);
    m_copy->setAccessibleName(tr("Copy %1").arg(accessibleName));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_value);
    auto *inside = new QHBoxLayout(m_value);
    inside->setContentsMargins(0, 0, kInsideGap, 0);
    inside->addStretch();
    inside->addWidget(m_copy);
    m_copy->setCursor(Qt::ArrowCursor);
    m_back.setSingleShot(true);
    m_back.setInterval(kCopiedMs);
    connect(&m_back, &QTimer::timeout, this, [this] { showCopied(false); });
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_value->text());
        showCopied(true);
        m_back.start();
    });
    showCopied(false);
    setFocusProxy(m_copy);
}

void CopyField::setValue(const QString &value, const QString &hint)
{
    m_value->setText(value);
    m_value->setPlaceholderText(hint);
    m_value->setCursorPosition(0);
    m_copy->setEnabled(!value.isEmpty());
    m_copy->setToolTip(value.isEmpty() ? hint : QString());
}

QString CopyField::value() const
{
    return m_value->text();
}

void CopyField::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showCopied(m_back.isActive());
}

void CopyField::showCopied(bool copied)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    m_copy->setText(copied ? tr("Copied") : tr("Copy"));
    widgets::setButtonIcon(*m_copy, copied ? QStringLiteral("check") : QStringLiteral("copy"),
                           copied ? theme.ok : theme.ink2);
    m_copy->setProperty("done", copied);
    m_copy->style()->unpolish(m_copy);
    m_copy->style()->polish(m_copy);
    // The wider of the two labels, so that nothing moves.
    const int widest = std::max(m_copy->fontMetrics().horizontalAdvance(tr("Copied")),
                                m_copy->fontMetrics().horizontalAdvance(tr("Copy")));
    m_copy->setMinimumWidth(widest + widgets::metrics::kIconButton + 26);
    m_value->setTextMargins(0, 0, m_copy->minimumWidth() + kInsideGap, 0);
}

} // namespace gatehouse::widgets
