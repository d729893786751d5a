#include "timeline/lane_notes.h"

#include <QFontMetrics>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace gatehouse::timeline
{

namespace
{

constexpr int kNoteGap = 6; // to "Now" and to the view's edge
constexpr int kNotePadding = 6;
constexpr int kNoteMargin = 2; // above and below
constexpr int kMaxNoteWidth = 280;
constexpr int kMinNoteWidth = 60; // narrower says nothing

QFont noteFont()
{
    return widgets::font(widgets::TextStyle::Caption, QFont::DemiBold);
}

} // namespace

bool LaneNotes::set(const QHash<CameraId, LaneNote> &notes)
{
    if (notes == m_notes)
        return false;
    m_notes = notes;
    return true;
}

const LaneNote *LaneNotes::of(CameraId camera) const
{
    const auto found = m_notes.constFind(camera);
    return found == m_notes.constEnd() ? nullptr : &*found;
}

QRect LaneNotes::rectOf(const LanePlace &lane, int top, const TimeScale &scale, qint64 now) const
{
    const LaneNote *note = of(lane.track->camera());
    if (note == nullptr || note->since > scale.range().end || now < scale.range().start)
        return {};
    const QFontMetrics metrics(noteFont());
    const int wanted = std::min(metrics.horizontalAdvance(note->text) + 2 * kNotePadding, kMaxNoteWidth);
    const int height = std::min(metrics.height() + 4, lane.height - 1 - 2 * kNoteMargin);
    const int y = top + (lane.height - 1 - height) / 2;
    const int nowX = int(std::floor(std::min(scale.xOf(now), double(scale.width))));
    // Before "Now"; after it only where there is no room.
    const int before = nowX - 2 * kNoteGap;
    const int after = scale.width - nowX - 2 * kNoteGap;
    const int width = std::min(wanted, before >= kMinNoteWidth ? before : after);
    if (width < kMinNoteWidth)
        return {};
    const int left = before >= kMinNoteWidth ? nowX - kNoteGap - width : nowX + kNoteGap;
    return {left, y, width, height};
}

void LaneNotes::paint(QPainter &painter, const widgets::Theme &theme, const QRect &rect,
                      CameraId camera) const
{
    const LaneNote *note = of(camera);
    if (note == nullptr || rect.isEmpty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.surface); // warnWeak may be translucent
    painter.drawRoundedRect(rect, widgets::metrics::kRadiusBadge, widgets::metrics::kRadiusBadge);
    painter.setBrush(theme.warnWeak);
    painter.drawRoundedRect(rect, widgets::metrics::kRadiusBadge, widgets::metrics::kRadiusBadge);
    painter.setFont(noteFont());
    painter.setPen(theme.warn);
    const QRect inside = rect.adjusted(kNotePadding, 0, -kNotePadding, 0);
    painter.drawText(inside, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(note->text, Qt::ElideRight, inside.width()));
    painter.restore();
}

} // namespace gatehouse::timeline
