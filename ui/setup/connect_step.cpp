#include "setup/connect_step.h"

#include "widgets/elided_label.h"
#include "widgets/format.h"
#include "widgets/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>

namespace gatehouse::setup
{

namespace
{
constexpr int kStepMark = 24;
} // namespace

ConnectStep::ConnectStep(const QString &title, const QString &detail, QWidget *parent)
    : QWidget(parent), m_title(new widgets::ElidedLabel(title, Qt::ElideRight, this)),
      m_detail(new QLabel(detail, this)), m_time(new QLabel(this))
{
    m_title->setFont(widgets::font(widgets::TextStyle::H3));
    m_detail->setFont(widgets::font(widgets::TextStyle::Label, QFont::Normal));
    m_detail->setForegroundRole(QPalette::PlaceholderText);
    m_detail->setWordWrap(true);
    m_time->setFont(widgets::font(widgets::TextStyle::Label, QFont::Normal));
    m_time->setForegroundRole(QPalette::PlaceholderText);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(kStepMark + 12, 0, 0, 12);
    grid->setVerticalSpacing(0);
    grid->setRowMinimumHeight(0, kStepMark); // the title stands in line with the mark
    grid->setColumnStretch(0, 1);
    grid->addWidget(m_title, 0, 0);
    grid->addWidget(m_time, 0, 1);
    grid->addWidget(m_detail, 1, 0, 1, 2);
}

void ConnectStep::set(State state, const QString &title, const QString &detail, qint64 when)
{
    m_state = state;
    m_title->setText(title);
    m_detail->setText(detail);
    m_time->setText(when > 0 ? widgets::clockText(when) : QString());
    update();
}

QRect ConnectStep::mark() const
{
    return {0, 0, kStepMark, kStepMark};
}

QString ConnectStep::text() const
{
    return QStringLiteral("%1: %2").arg(m_title->text(), m_detail->text());
}

void ConnectStep::paintEvent(QPaintEvent *)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool waiting = m_state == State::Waiting;
    painter.setPen(waiting ? QPen(theme.ink3, 1.25, Qt::DashLine) : QPen(Qt::NoPen));
    painter.setBrush(waiting                  ? QBrush(Qt::NoBrush)
                     : m_state == State::Done ? QBrush(theme.okWeak)
                                              : QBrush(theme.warnWeak));
    painter.drawEllipse(QRectF(mark()).adjusted(1, 1, -1, -1));
    if (waiting)
        return;
    const int side = widgets::metrics::kIconText;
    QRect icon(0, 0, side, side);
    icon.moveCenter(mark().center());
    const bool done = m_state == State::Done;
    widgets::drawIcon(painter, icon, done ? QStringLiteral("check") : QStringLiteral("x"),
                      done ? theme.ok : theme.warn);
}

} // namespace gatehouse::setup
