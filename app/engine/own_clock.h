// Whose clock is wrong if the times of cameras are years away: theirs, or this PC's. Clocks that were never
// set start in the past, each in a year of its own; several that agree on another time were set, and are
// right. Pure. UTC ms.
#pragma once

#include "catalog/types/camera.h"

#include <QCoreApplication>
#include <QSet>

namespace gatehouse::app
{

class OwnClock
{
    Q_DECLARE_TR_FUNCTIONS(OwnClock)

public:
    OwnClock(const QVector<catalog::Camera> &cameras, qint64 now);

    // A sentence for a person; empty: nothing speaks against this PC's clock.
    [[nodiscard]] QString trouble() const { return m_trouble; }
    [[nodiscard]] qint64 since() const { return m_since; }
    // Its times are years away only from this PC's.
    [[nodiscard]] bool excuses(const catalog::Camera &camera) const;

private:
    bool m_isBeforeRelease = false;
    QSet<CameraId> m_excused;
    QString m_trouble;
    qint64 m_since = 0;
};

} // namespace gatehouse::app
