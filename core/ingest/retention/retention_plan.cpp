#include "ingest/retention/retention_plan.h"

#include "archive/archive.h"
#include "base/messages.h"
#include "base/size_text.h"

#include <QLocale>
#include <algorithm>

namespace gatehouse::ingest
{

namespace
{

constexpr qint64 kDayMs = 24 * 60 * 60'000;

// An imported file was received by its former server; here it arrived when it got its id.
qint64 arrivalOf(const catalog::Item &item)
{
    return std::max(item.received, gatehouse::arrivalOf(item.id));
}

QString ageReason(int days)
{
    return days == 1 ? Messages::tr("Older than 1 day") : Messages::tr("Older than %1 days").arg(days);
}

QString spaceReason(qint64 reserve)
{
    return Messages::tr("Less than %1 GB free").arg(gbText(reserve));
}

} // namespace

qint64 reserveOn(qint64 totalBytes, qint64 wanted)
{
    return std::max(std::min(wanted, totalBytes / 10), 2 * archive::minFree(totalBytes));
}

QVector<PlannedDeletion> planRetention(const RetentionRules &rules, qint64 now, qint64 freeBytes,
                                       QVector<catalog::Item> candidates, int limit)
{
    std::sort(candidates.begin(), candidates.end(), [](const catalog::Item &a, const catalog::Item &b) {
        return std::pair(arrivalOf(a), a.id) < std::pair(arrivalOf(b), b.id);
    });
    QVector<PlannedDeletion> plan;
    for (const catalog::Item &item : candidates) {
        if (plan.size() >= limit)
            break;
        if (item.isProtected)
            continue;
        const bool tooOld = rules.days > 0 && arrivalOf(item) < now - rules.days * kDayMs;
        const bool needed = freeBytes < rules.reserveBytes;
        // The rest is younger: neither applies to it.
        if (!tooOld && !needed)
            break;
        plan.append({item.id, tooOld ? ageReason(rules.days) : spaceReason(rules.reserveBytes), item.bytes});
        freeBytes += item.bytes;
    }
    return plan;
}

} // namespace gatehouse::ingest
