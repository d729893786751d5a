#include "timeline/calendar_popup.h"

#include "base/regional_time.h"
#include "widgets/figures.h"
#include "widgets/icon_button.h"
#include "widgets/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

namespace gatehouse::timeline
{

namespace
{

constexpr int kCellWidth = 38;
constexpr int kCellHeight = 36;
constexpr int kCalendarMargin = 12;
constexpr int kMonthRow = 32;
constexpr int kWeekdayRow = 22;
constexpr int kMonthButton = 28;
constexpr int kWeeks = 6;
constexpr double kMarkWidth = 18;

} // namespace

CalendarPopup::CalendarPopup(RecordingCache &recordings, QWidget *parent)
    : widgets::PopUp(parent), m_recordings(recordings)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Calendar"));
    setFixedSize(7 * kCellWidth + 2 * kCalendarMargin,
                 kMonthRow + kWeekdayRow + kWeeks * kCellHeight + 2 * kCalendarMargin);
    auto *back =
        new widgets::IconButton(QStringLiteral("chevron-left"), tr("Previous month"), this, kMonthButton);
    auto *forth =
        new widgets::IconButton(QStringLiteral("chevron-right"), tr("Next month"), this, kMonthButton);
    back->move(kCalendarMargin, kCalendarMargin);
    forth->move(width() - kCalendarMargin - kMonthButton, kCalendarMargin);
    connect(back, &widgets::IconButton::clicked, this, [this] { showMonth(m_month.addMonths(-1)); });
    connect(forth, &widgets::IconButton::clicked, this, [this] { showMonth(m_month.addMonths(1)); });
    connect(&recordings, &RecordingCache::countsChanged, this, [this] { update(); });
}

void CalendarPopup::open(QDate chosenDay, QDate today, const QWidget &beside)
{
    m_chosen = chosenDay;
    m_today = today;
    m_hovered = {};
    showMonth(chosenDay);
    openBeside(beside, Side::Below);
}

void CalendarPopup::showMonth(QDate anyDay)
{
    const QDate month(anyDay.year(), anyDay.month(), 1);
    m_month = std::min(month, QDate(m_today.year(), m_today.month(), 1));
    m_recordings.setVisibleDays(firstCell(), firstCell().addDays(7 * kWeeks - 1));
    update();
}

QDate CalendarPopup::firstCell() const
{
    const int before = (m_month.dayOfWeek() - int(region().firstDay) + 7) % 7;
    return m_month.addDays(-before);
}

QStringList CalendarPopup::weekdays()
{
    QStringList out;
    for (const Qt::DayOfWeek day : daysOfWeek())
        out.append(textLocale().standaloneDayName(day, QLocale::ShortFormat).left(2));
    return out;
}

QRect CalendarPopup::cellOf(QDate day) const
{
    if (day.month() != m_month.month() || day.year() != m_month.year())
        return {};
    const int index = int(firstCell().daysTo(day));
    return {kCalendarMargin + index % 7 * kCellWidth,
            kCalendarMargin + kMonthRow + kWeekdayRow + index / 7 * kCellHeight, kCellWidth, kCellHeight};
}

QDate CalendarPopup::dayAt(QPoint at) const
{
    for (QDate day = m_month; day.month() == m_month.month(); day = day.addDays(1)) {
        if (cellOf(day).contains(at))
            return day <= m_today ? day : QDate();
    }
    return {};
}

int CalendarPopup::eventsOn(QDate day) const
{
    int sum = 0;
    for (const RecordingCache::CameraName &one : m_recordings.cameras())
        sum += m_recordings.dayCount(one.camera, day).events;
    return sum;
}

void CalendarPopup::paintEvent(QPaintEvent *event)
{
    widgets::PopUp::paintEvent(event);
    const widgets::Theme &theme = widgets::themeOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(widgets::font(widgets::TextStyle::H3));
    painter.setPen(theme.ink);
    painter.drawText(QRect(0, kCalendarMargin, width(), kMonthButton), Qt::AlignCenter,
                     dateText(m_month, DateStyle::MonthYear));
    painter.setFont(widgets::font(widgets::TextStyle::Caption, 500));
    painter.setPen(theme.ink3);
    const QStringList columns = weekdays();
    for (int i = 0; i < columns.size(); ++i)
        painter.drawText(
            QRect(kCalendarMargin + i * kCellWidth, kCalendarMargin + kMonthRow, kCellWidth, kWeekdayRow),
            Qt::AlignCenter, columns[i]);
    int most = 1;
    for (QDate day = m_month; day.month() == m_month.month(); day = day.addDays(1))
        most = std::max(most, eventsOn(day));
    for (QDate day = m_month; day.month() == m_month.month(); day = day.addDays(1))
        paintDay(painter, day, most);
}

void CalendarPopup::paintDay(QPainter &painter, QDate day, int most)
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    const QRectF cell = QRectF(cellOf(day)).adjusted(2, 2, -2, -2);
    const bool isChosen = day == m_chosen;
    const bool isFuture = day > m_today;
    painter.setPen(day == m_today || (isChosen && theme.isHighContrast) ? QPen(theme.accent, 1)
                                                                        : QPen(Qt::NoPen));
    painter.setBrush(isChosen ? QBrush(theme.accentWeak) : day == m_hovered ? QBrush(theme.hover) : QBrush());
    painter.drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), widgets::metrics::kRadiusControl,
                            widgets::metrics::kRadiusControl);
    const int events = eventsOn(day);
    painter.setFont(widgets::font(widgets::TextStyle::Label, isChosen ? 600 : 500));
    painter.setPen(isFuture   ? widgets::mixed(theme.ink3, theme.raised, widgets::kDisabledShare)
                   : isChosen ? theme.accent
                   : events   ? theme.ink
                              : theme.ink3);
    widgets::drawFigures(painter, cell.adjusted(0, 3, 0, -9), Qt::AlignCenter, QString::number(day.day()));
    if (!events)
        return;
    // The month's busiest day gets the full width.
    const double wide = std::max(3.0, kMarkWidth * std::sqrt(double(events) / most));
    painter.setPen(Qt::NoPen);
    painter.setBrush(isChosen ? theme.accent : theme.motion);
    painter.drawRoundedRect(QRectF(cell.center().x() - wide / 2, cell.bottom() - 7, wide, 3), 1.5, 1.5);
}

void CalendarPopup::choose(QDate day)
{
    hide();
    Q_EMIT chosen(day);
}

void CalendarPopup::mousePressEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    if (const QDate day = dayAt(at); day.isValid())
        choose(day);
    else if (!rect().contains(at))
        hide();
}

void CalendarPopup::mouseMoveEvent(QMouseEvent *event)
{
    const QDate day = dayAt(event->position().toPoint());
    if (day == m_hovered)
        return;
    m_hovered = day;
    update();
}

void CalendarPopup::wheelEvent(QWheelEvent *event)
{
    showMonth(m_month.addMonths(event->angleDelta().y() > 0 ? -1 : 1));
}

void CalendarPopup::keyPressEvent(QKeyEvent *event)
{
    QDate next = m_chosen;
    switch (event->key()) {
    case Qt::Key_Left:
        next = next.addDays(-1);
        break;
    case Qt::Key_Right:
        next = next.addDays(1);
        break;
    case Qt::Key_Up:
        next = next.addDays(-7);
        break;
    case Qt::Key_Down:
        next = next.addDays(7);
        break;
    case Qt::Key_PageUp:
        next = next.addMonths(-1);
        break;
    case Qt::Key_PageDown:
        next = next.addMonths(1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return choose(m_chosen);
    default:
        return QWidget::keyPressEvent(event); // Escape closes a pop-up
    }
    m_chosen = std::min(next, m_today);
    showMonth(m_chosen);
}

void CalendarPopup::hideEvent(QHideEvent *)
{
    m_recordings.setVisibleDays({}, {});
}

bool CalendarPopup::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const QDate day = dayAt(help->pos());
        const int events = day.isValid() ? eventsOn(day) : 0;
        const QString count = events == 1 ? tr("1 event") : tr("%n events", nullptr, events);
        QToolTip::showText(help->globalPos(), day.isValid() ? count : QString(), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace gatehouse::timeline
