#include "app/engine/own_clock.h"

#include "base/limits.h"
#include "catalog/types/capture_time.h"

#include <QDateTime>
#include <QLocale>
#include <algorithm>

namespace gatehouse::app
{

namespace
{

constexpr qint64 kFirstRelease = 1'767'225'600'000; // 2026-01-01: no set clock shows less
constexpr qsizetype kFewest = 2;                    // one alone may be wrong

QString dateText(qint64 ms)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(ms).date(), QLocale::ShortFormat);
}

// The largest number of them that agree, by how far they are ahead.
QVector<catalog::Camera> agreeing(QVector<catalog::Camera> cameras)
{
    std::sort(cameras.begin(), cameras.end(),
              [](const auto &a, const auto &b) { return a.clockUnsetBy < b.clockUnsetBy; });
    qsizetype best = 0;
    qsizetype most = 0;
    for (qsizetype first = 0, end = 0; first < cameras.size(); ++first) {
        while (end < cameras.size() &&
               cameras[end].clockUnsetBy - cameras[first].clockUnsetBy <= limits::kMaxClockOffset)
            ++end;
        if (end - first > most) {
            most = end - first;
            best = first;
        }
    }
    return cameras.mid(best, most);
}

} // namespace

OwnClock::OwnClock(const QVector<catalog::Camera> &cameras, qint64 now)
{
    if (now < kFirstRelease) {
        m_isBeforeRelease = true;
        m_since = now;
        m_trouble =
            tr("This PC's clock shows %1, which is long past. Set its date and time: what arrives until "
               "then is kept under the wrong date.")
                .arg(dateText(now));
        return;
    }
    QVector<catalog::Camera> unset;
    for (const catalog::Camera &camera : cameras) {
        const qint64 shown = now + camera.clockUnsetBy;
        if (camera.clockUnsetSince == 0 || shown < kFirstRelease || catalog::isAtNewYear(shown))
            continue;
        unset.append(camera);
    }
    const QVector<catalog::Camera> set = agreeing(unset);
    qint64 since = now;
    for (const catalog::Camera &camera : set)
        since = std::min(since, camera.clockUnsetSince);
    const bool isContradicted =
        std::any_of(cameras.begin(), cameras.end(), [since](const catalog::Camera &camera) {
            return camera.clockUnsetSince == 0 && camera.clockCredibleAt >= since;
        });
    if (set.size() < kFewest || isContradicted)
        return;
    for (const catalog::Camera &camera : set)
        m_excused.insert(camera.id);
    m_since = since;
    m_trouble =
        tr("This PC's clock looks wrong: it shows %1, but %2 cameras agree on %3. Set this PC's date and "
           "time: what arrives until then is kept under the wrong date.")
            .arg(dateText(now), QString::number(set.size()), dateText(now + set.first().clockUnsetBy));
}

bool OwnClock::excuses(const catalog::Camera &camera) const
{
    return m_isBeforeRelease || m_excused.contains(camera.id);
}

} // namespace gatehouse::app
