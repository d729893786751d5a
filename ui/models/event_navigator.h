// From event to event: asks the catalog for the one before or after an instant and shows its first
// item. A newer step makes an older one that is still under way void. GUI thread, no I/O.
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

    // Of the chosen camera, or of any when none is chosen; from the playhead's time.
    void toNext();
    void toPrevious(); // well inside an event: its own beginning first
    // From an instant of a lane: the next event, the last one if none follows.
    void toNearest(CameraId camera, qint64 t);

Q_SIGNALS:
    void arrived(qint64 time);
    void nothingThere(bool forwards);

private:
    enum class Way { Next, Previous, Nearest };
    void navigate(Way way, CameraId camera, qint64 t);

    catalog::ReaderPool &m_reader;
    const Playhead &m_playhead;
    Selection &m_selection;
    int m_latest = 0;
};

} // namespace gatehouse::models
