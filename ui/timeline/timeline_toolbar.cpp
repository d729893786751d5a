#include "timeline/timeline_toolbar.h"

#include "models/time_text.h"
#include "timeline/calendar_popup.h"
#include "timeline/timeline_panel.h"
#include "widgets/format.h"
#include "widgets/icon_button.h"
#include "widgets/slider.h"
#include "widgets/theme.h"

#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <cmath>

namespace gatehouse::timeline
{

namespace
{

using widgets::IconButton;

constexpr int kZoomSteps = 1'000;
constexpr double kButtonZoom = 2;
constexpr int kWideFrom = 1'180;
constexpr int kSpanFrom = 960; // px of toolbar width; below, on a small screen, the visible span is left out
constexpr int kSliderFrom = 1'000; // px of toolbar width; below, the wheel and the buttons zoom

// The slider is logarithmic: its right end is the closest zoom.
int sliderOf(double span)
{
    const double whole = std::log(TimeScale::kMaxSpan / TimeScale::kMinSpan);
    return int(std::lround(std::log(TimeScale::kMaxSpan / span) / whole * kZoomSteps));
}

double spanOf(int slider)
{
    const double whole = std::log(TimeScale::kMaxSpan / TimeScale::kMinSpan);
    return TimeScale::kMaxSpan / std::exp(whole * slider / kZoomSteps);
}

} // namespace

TimelineToolbar::TimelineToolbar(TimelinePanel &panel, const models::Playhead &playhead, QWidget *centre,
                                 QWidget *parent)
    : QWidget(parent), m_panel(panel), m_playhead(playhead),
      m_calendar(new CalendarPopup(panel.recordings(), this))
{
    auto *row = new QHBoxLayout(this);
    row->setSpacing(8);
    row->addWidget(makeDay());
    row->addStretch(1);
    if (centre)
        row->addWidget(centre);
    row->addStretch(1);
    row->addWidget(makeZoom());
    setFixedHeight(widgets::metrics::kToolbarHeight - 1); // a hairline follows
    connect(&panel.axis(), &TimelineAxis::changed, this, &TimelineToolbar::followAxis);
    connect(&panel, &TimelinePanel::todayChanged, this, &TimelineToolbar::followAxis);
    connect(&playhead, &models::Playhead::followingChanged, this, &TimelineToolbar::dress);
    connect(m_calendar, &CalendarPopup::chosen, &panel.axis(), &TimelineAxis::showDay);
    dress();
    followAxis();
}

QWidget *TimelineToolbar::makeDay()
{
    auto *group = new QWidget(this);
    auto *row = new QHBoxLayout(group);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    auto *before = new widgets::IconButton(QStringLiteral("chevron-left"), tr("Previous day"), group);
    m_dayAfter = new widgets::IconButton(QStringLiteral("chevron-right"), tr("Next day"), group);
    m_day = new QPushButton(group);
    m_day->setProperty("small", true);
    m_day->setFont(widgets::font(widgets::TextStyle::Label));
    m_day->setToolTip(tr("Choose a day"));
    m_now = new QPushButton(tr("Now"), group);
    m_now->setProperty("small", true);
    m_now->setFont(widgets::font(widgets::TextStyle::Label));
    m_now->setToolTip(tr("Follow live (N)"));
    for (QPushButton *button : {m_day, m_now})
        button->setFocusPolicy(Qt::TabFocus);
    row->addWidget(before);
    row->addWidget(m_day);
    row->addWidget(m_dayAfter);
    row->addSpacing(10);
    row->addWidget(m_now);
    TimelineAxis &axis = m_panel.axis();
    connect(before, &widgets::IconButton::clicked, this, [&axis] { axis.showDay(axis.day().addDays(-1)); });
    connect(m_dayAfter, &widgets::IconButton::clicked, this,
            [&axis] { axis.showDay(axis.day().addDays(1)); });
    connect(m_day, &QPushButton::clicked, this, &TimelineToolbar::openCalendar);
    connect(m_now, &QPushButton::clicked, this, [this] { m_panel.goToNow(); });
    return group;
}

QWidget *TimelineToolbar::makeZoom()
{
    auto *group = new QWidget(this);
    auto *row = new QHBoxLayout(group);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    auto *out = new widgets::IconButton(QStringLiteral("zoom-out"), tr("Zoom out (-)"), group);
    auto *in = new widgets::IconButton(QStringLiteral("zoom-in"), tr("Zoom in (+)"), group);
    m_zoom = new widgets::Slider(group);
    m_zoom->setRange(0, kZoomSteps);
    m_zoom->setAccessibleName(tr("Zoom"));
    m_span = new QLabel(group);
    m_span->setFont(widgets::font(widgets::TextStyle::Label));
    m_span->setProperty("ink", QStringLiteral("second"));
    m_span->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    // As wide as its longest text, so that the row does not move.
    m_span->setMinimumWidth(m_span->fontMetrics().horizontalAdvance(tr("%1 months").arg(88)));
    row->addWidget(out);
    row->addWidget(m_zoom);
    row->addWidget(in);
    row->addWidget(m_span);
    connect(out, &widgets::IconButton::clicked, this, [this] { m_panel.zoom(kButtonZoom); });
    connect(in, &widgets::IconButton::clicked, this, [this] { m_panel.zoom(1 / kButtonZoom); });
    connect(m_zoom, &widgets::Slider::valueChanged, this,
            [this](int value) { m_panel.axis().setSpan(spanOf(value)); });
    return group;
}

void TimelineToolbar::openCalendar()
{
    const TimelineAxis &axis = m_panel.axis();
    m_calendar->open(axis.day(), models::localTime(axis.now(), axis.zone()).date(), *m_day);
}

void TimelineToolbar::followAxis()
{
    const TimelineAxis &axis = m_panel.axis();
    const QSignalBlocker quiet(m_zoom);
    m_zoom->setValue(sliderOf(axis.scale().span()));
    m_span->setText(models::spanText(qint64(axis.scale().span())));
    m_day->setText(widgets::dayText(axis.day()));
    m_dayAfter->setEnabled(axis.day() < models::localTime(axis.now(), axis.zone()).date());
}

void TimelineToolbar::dress()
{
    const widgets::Theme &theme = widgets::themeOf(*this);
    widgets::setButtonIcon(*m_day, QStringLiteral("calendar"), theme.ink2);
    m_now->setCheckable(true);
    m_now->setChecked(m_playhead.isFollowing());
}

void TimelineToolbar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        dress();
    QWidget::changeEvent(event);
}

void TimelineToolbar::resizeEvent(QResizeEvent *)
{
    const bool narrow = width() < kSliderFrom; // then the drawers' buttons are at its sides
    layout()->setContentsMargins(narrow ? 0 : 8, 0, narrow ? 4 : 16, 0);
    m_zoom->setVisible(!narrow);
    m_span->setVisible(width() >= kSpanFrom);
    Q_EMIT roomChanged(width() >= kWideFrom);
}

} // namespace gatehouse::timeline
