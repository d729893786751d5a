#include "timeline/deleted_gaps.h"

#include "models/time_text.h"
#include "widgets/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QStringList>
#include <cmath>

namespace gatehouse::timeline
{

namespace
{

constexpr qsizetype kMaxReasons = 3; // listed individually
constexpr int kGapReach = 2;         // px around a gap that count as hits

struct Gaps {
    Q_DECLARE_TR_FUNCTIONS(DeletedGaps)
};

// By reason, so that a gap with thousands of spans has only a few entries.
void addTo(QVector<catalog::DeletedSpan> &reasons, const catalog::DeletedSpan &span)
{
    const auto known = std::find_if(reasons.begin(), reasons.end(), [&](const catalog::DeletedSpan &one) {
        return one.reason == span.reason;
    });
    if (known == reasons.end()) {
        reasons.append(span);
        return;
    }
    known->range = known->range.united(span.range);
    known->clips += span.clips;
    known->stills += span.stills;
}

int countOf(const catalog::DeletedSpan &span)
{
    return span.clips + span.stills;
}

QString whenText(TimeRange range, const QTimeZone &zone)
{
    const auto minute = [&](qint64 t) {
        const QDateTime local = models::localTime(t, zone);
        return Gaps::tr("%1, %2").arg(widgets::dayText(local.date()),
                                      local.toString(QStringLiteral("HH:mm")));
    };
    const QString from = minute(range.start);
    const QString to = minute(range.end);
    if (from == to)
        return from;
    if (models::localTime(range.start, zone).date() == models::localTime(range.end, zone).date())
        return Gaps::tr("%1 to %2")
            .arg(from, models::localTime(range.end, zone).toString(QStringLiteral("HH:mm")));
    return Gaps::tr("%1 to %2").arg(from, to);
}

QString textOf(const DeletedGap &gap, const QTimeZone &zone)
{
    catalog::DeletedSpan all = gap.reasons.first();
    for (const catalog::DeletedSpan &reason : gap.reasons.mid(1)) {
        all.range = all.range.united(reason.range);
        all.clips += reason.clips;
        all.stills += reason.stills;
    }
    QStringList lines{Gaps::tr("Deleted: %1").arg(widgets::countsText(all.clips, all.stills))};
    if (gap.reasons.size() == 1) {
        lines.append(all.reason);
    } else {
        for (const catalog::DeletedSpan &reason :
             gap.reasons.first(std::min(gap.reasons.size(), kMaxReasons)))
            lines.append(
                Gaps::tr("%1: %2").arg(reason.reason, widgets::countsText(reason.clips, reason.stills)));
        if (gap.reasons.size() > kMaxReasons)
            lines.append(Gaps::tr("And for other reasons"));
    }
    lines.append(whenText(all.range, zone));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

QString DeletedGap::reason() const
{
    return reasons.size() == 1 ? reasons.first().reason : Gaps::tr("for several reasons");
}

QVector<DeletedGap> deletedGaps(const RecordingCache &recordings, CameraId camera, Detail detail,
                                const DeviceScale &scale, int least)
{
    QVector<DeletedGap> out;
    const TimeRange view{scale.timeAt(-least), scale.timeAt(scale.width + 1) + 1};
    for (const catalog::DeletedSpan &span : recordings.deleted(detail, camera, view)) {
        const int left = scale.xOf(span.range.start);
        const int right = std::max(scale.xOf(span.range.end) + 1, left + least);
        if (right <= 0 || left >= scale.width)
            continue;
        if (out.isEmpty() || left > out.last().right)
            out.append({left, right, {}});
        out.last().right = std::max(out.last().right, right);
        addTo(out.last().reasons, span);
    }
    for (DeletedGap &gap : out)
        std::stable_sort(gap.reasons.begin(), gap.reasons.end(),
                         [](const catalog::DeletedSpan &a, const catalog::DeletedSpan &b) {
                             return countOf(a) > countOf(b);
                         });
    return out;
}

QString deletedText(const RecordingCache &recordings, CameraId camera, const TimeScale &scale, double x)
{
    const auto gaps = deletedGaps(recordings, camera, detailFor(scale.span()),
                                  {scale.start, scale.msPerPixel, scale.width}, DeletedGap::kMinWidth);
    const auto found = std::find_if(gaps.cbegin(), gaps.cend(), [x](const DeletedGap &gap) {
        return x >= gap.left - kGapReach && x < gap.right + kGapReach;
    });
    return found == gaps.cend() ? QString() : textOf(*found, recordings.zone());
}

} // namespace gatehouse::timeline
