// Steps from event to event: asks the catalog for the one before or after an instant and shows its first
// item. A newer step cancels an older one in progress. GUI thread, no I/O.
#pragma once

#include "models/selection.h"
#include "models/services.h"

#include <QObject>

namespace gatehouse::models
{

class EventNavigator : public QObject
{
    Q_OBJECT

public:
    EventNavigator(const Services &services, const Playhead &playhead, Selection &selection,
                   QObject *parent = nullptr);

    // For the selected camera, or any if none is selected; from the playhead's time.
    void toNext();
    void toPrevious(); // well inside an event: its own start first
    // From an instant on a lane: the next event, or the last one if none follows.
    void toNearest(CameraId camera, qint64 t);

Q_SIGNALS:
    void arrived(qint64 time);
    // No event that way; hasOther: there is one the other way.
    void nothingThere(bool forwards, bool hasOther);

private:
    enum class Way { Next, Previous, Nearest };
    void navigate(Way way, CameraId camera, qint64 t);

    catalog::ReaderPool &m_reader;
    const Playhead &m_playhead;
    Selection &m_selection;
    int m_latest = 0;
};

} // namespace gatehouse::models
