// The visible part of time, shared by ruler, lanes, overview and toolbar: zoom about a point, pan, jump,
// follow now, and go back. Times: UTC ms; x: logical pixels. GUI thread.
#pragma once

#include "base/clock.h"
#include "timeline/time_scale.h"

#include <QDate>
#include <QElapsedTimer>
#include <QObject>
#include <QTimeZone>
#include <QVariantAnimation>
#include <QVector>

namespace gatehouse::timeline
{

class TimelineAxis : public QObject
{
    Q_OBJECT

public:
    explicit TimelineAxis(QObject *parent = nullptr);

    [[nodiscard]] const TimeScale &scale() const { return m_scale; }
    [[nodiscard]] const QTimeZone &zone() const { return m_zone; }
    [[nodiscard]] qint64 now() const { return m_clock->now(); }
    // The local day in the middle of the view; today, if now is in view; of a view of several days the
    // anchor's, if it is in view.
    [[nodiscard]] QDate day() const;
    [[nodiscard]] TimeRange dayRange() const;

    void setZone(const QTimeZone &zone); // the PC's unless a test says otherwise
    void setClock(const Clock &clock);   // likewise; must outlive this
    void setWidth(int width);
    void setAnchor(qint64 t); // the playhead, or now

    void zoomAt(double x, double factor);   // by the wheel: at once
    void zoomStep(double x, double factor); // by key or button: animated
    void setSpan(double ms);                // keeps the middle
    void panBy(double pixels);
    void show(TimeRange range); // at once
    void reveal(qint64 t);      // moves only if t is not in view
    void turnPage(qint64 t);    // puts t near the left edge
    void centre(qint64 t);
    void showDay(QDate day); // the same part of another day, or the whole day if more than one was visible
    void zoomBack();         // to before the last zoom; the whole day if there is nothing to go back to
    void keepUp();           // puts now near the end: at four fifths, in views of days and more closer to it

Q_SIGNALS:
    void changed();
    void movedByHand(); // panned, zoomed or jumped away: following ends

private:
    void set(const TimeScale &wanted);
    [[nodiscard]] TimeScale bounded(TimeScale scale) const;
    void remember();
    void glideTo(const TimeScale &scale); // animated; remembers where it was
    void endGlide();

    SystemClock m_systemClock;
    const Clock *m_clock = &m_systemClock;
    QTimeZone m_zone = QTimeZone::systemTimeZone();
    TimeScale m_scale;
    qint64 m_anchor = 0;
    QVector<TimeScale> m_before;
    QElapsedTimer m_sinceZoom;
    QVariantAnimation m_glide;
    TimeScale m_from, m_to;
};

} // namespace gatehouse::timeline
