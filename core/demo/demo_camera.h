// The fourteen cameras of the demo's house: location, view, and how the brand names its uploads. Values: any
// thread.
#pragma once

#include "base/media_types.h"
#include "demo/scene.h"

#include <QVector>

namespace gatehouse::demo
{

// The subject of one event.
struct Happening {
    QDateTime start; // local to the camera
    Trigger trigger = Trigger::Motion;
    Visitor visitor = Visitor::Nobody;
    int seconds = 6;
    unsigned seed = 1;
};

// Path templates: %Y %m %d %H %M %S, %i milliseconds, %e the end as HH.MM.SS, %E the end as YYYYMMDD_HHMMSS,
// %l the length in seconds, %w the brand's word for the trigger.
struct DemoCamera {
    QString name;
    Look look;
    QString stillPath; // empty: sends no stills
    QString clipPath;  // empty: sends no clips
    QString container = QStringLiteral("mp4");
    bool motionJpeg = false;
    QString motionWord;
    QString personWord; // empty: the brand does not distinguish
    QString vehicleWord;
    QString soundWord;
    QString scheduleWord;      // empty: no scheduled stills
    QString scheduledPath;     // empty: stillPath
    int stills = 1;            // per event
    QVector<Visitor> visitors; // repeated entries are more frequent visitors

    [[nodiscard]] QString stillName(const Happening &happening, qint64 msIn) const;
    [[nodiscard]] QString clipName(const Happening &happening) const;
};

QVector<DemoCamera> demoCameras();

} // namespace gatehouse::demo
