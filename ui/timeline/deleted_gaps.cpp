#include "timeline/deleted_gaps.h"

#include "base/regional_time.h"
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
        reasons.append({span.range, span.reason, span.clips, span.stills, span.at});
        return;
    }
    known->range = known->range.united(span.range);
    known->clips += span.clips;
    known->stills += span.stills;
    known->at = std::max(known->at, span.at);
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
                                      timeText(local.time(), TimeStyle::Minute));
    };
    const QString from = minute(range.start);
    const QString to = minute(range.end);
    if (from == to)
        return from;
    if (models::localTime(range.start, zone).date() == models::localTime(range.end, zone).date())
        return Gaps::tr("%1 to %2")
            .arg(from, timeText(models::localTime(range.end, zone).time(), TimeStyle::Minute));
    return Gaps::tr("%1 to %2").arg(from, to);
}

QString textOf(const DeletedGap &gap, const QTimeZone &zone)
{
    catalog::DeletedSpan all = gap.reasons.first();
    for (const catalog::DeletedSpan &reason : gap.reasons.mid(1)) {
        all.range = all.range.united(reason.range);
        all.clips += reason.clips;
        all.stills += reason.stills;
        all.at = std::max(all.at, reason.at);
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
    if (all.at > 0)
        lines.append(Gaps::tr("Deleted on %1").arg(whenText({all.at, all.at}, zone)));
    return lines.join(QLatin1Char('\n'));
}

DeletedGap::Run runOf(TimeRange recording, const DeviceScale &scale, int least)
{
    const int left = scale.xOf(recording.start);
    return {left, std::max(scale.xOf(std::max(recording.start, recording.end - 1)) + 1, left + least)};
}

// By start, and joined where they touch.
void joinRuns(QVector<DeletedGap::Run> &runs)
{
    std::sort(runs.begin(), runs.end(),
              [](const DeletedGap::Run &a, const DeletedGap::Run &b) { return a.left < b.left; });
    QVector<DeletedGap::Run> joined;
    for (const DeletedGap::Run &run : std::as_const(runs)) {
        if (joined.isEmpty() || run.left > joined.last().right)
            joined.append(run);
        else
            joined.last().right = std::max(joined.last().right, run.right);
    }
    runs = joined;
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
        const DeletedGap::Run whole = runOf(span.range, scale, least);
        if (whole.right <= 0 || whole.left >= scale.width)
            continue;
        if (out.isEmpty() || whole.left > out.last().right)
            out.append({whole.left, whole.right, {}});
        DeletedGap &gap = out.last();
        gap.right = std::max(gap.right, whole.right);
        addTo(gap.reasons, span);
        if (span.recordings.isEmpty())
            gap.hatched.append(whole);
        for (const TimeRange &recording : span.recordings) {
            const DeletedGap::Run run = runOf(recording, scale, least);
            gap.right = std::max(gap.right, run.right);
            if (run.right > 0 && run.left < scale.width)
                gap.hatched.append(run);
        }
    }
    for (DeletedGap &gap : out) {
        joinRuns(gap.hatched);
        std::stable_sort(gap.reasons.begin(), gap.reasons.end(),
                         [](const catalog::DeletedSpan &a, const catalog::DeletedSpan &b) {
                             return countOf(a) > countOf(b);
                         });
    }
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

std::optional<TimeRange> deletedAt(const RecordingCache &recordings, CameraId camera, const TimeScale &scale,
                                   double x)
{
    const Detail detail = detailFor(scale.span());
    if (detail != Detail::Items)
        return {};
    const DeviceScale pixels{scale.start, scale.msPerPixel, scale.width};
    std::optional<TimeRange> best;
    double bestDistance = kGapReach;
    const TimeRange around{scale.timeAt(x - DeletedGap::kMinWidth - kGapReach),
                           scale.timeAt(x + kGapReach) + 1};
    for (const catalog::DeletedSpan &span : recordings.deleted(detail, camera, around)) {
        for (const TimeRange &recording : span.recordings) {
            const DeletedGap::Run run = runOf(recording, pixels, DeletedGap::kMinWidth);
            const double distance = x < run.left ? run.left - x : std::max(0.0, x - run.right);
            if (distance <= bestDistance) {
                bestDistance = distance;
                best = recording;
            }
        }
    }
    return best;
}

QString deletedWords(const catalog::DeletedSpan &span, const QTimeZone &zone)
{
    DeletedGap gap;
    gap.reasons.append(span);
    return textOf(gap, zone).replace(QLatin1Char('\n'), QStringLiteral(", "));
}

} // namespace gatehouse::timeline
