// From event to event: asks the catalog for the one before or after an instant and shows its first
// item. A newer hop makes an older one that is still being asked for void. GUI thread, no I/O.
#pragma once

#include "review/moment.h"
#include "review/services.h"

#include <QObject>

namespace gatehouse::review
{

class EventHops : public QObject
{
    Q_OBJECT

public:
    EventHops(const Services &services, Moment &moment, QObject *parent = nullptr);

    // Of the chosen camera, or of any when none is chosen; from the moment's time.
    void toNext();
    void toPrevious(); // well inside an event: its own beginning first
    // From an instant of a lane: the next event, the last one if none follows.
    void toNearest(CameraId camera, qint64 t);

Q_SIGNALS:
    void arrived(qint64 time);
    void nothingThere(bool forwards);

private:
    enum class Way { Next, Previous, Nearest };
    void hop(Way way, CameraId camera, qint64 t);

    catalog::ReaderPool &m_reader;
    Moment &m_moment;
    int m_latest = 0;
};

} // namespace gatehouse::review
