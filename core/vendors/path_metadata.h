// What a remote path reveals: brand, kind, trigger and time. Values: any thread.
#pragma once

#include "base/media_types.h"

#include <QDateTime>
#include <QString>

namespace gatehouse::vendors
{

struct PathMetadata {
    QString vendor; // the rule file's name, "generic" for the fall-back
    Kind kind = Kind::Other;
    Trigger trigger = Trigger::Unknown;
    Subject subject = Subject::None;
    QString cameraKey; // serial, MAC, IP, channel or name that distinguishes cameras of one account; or empty
    QString cameraName;      // the part a person would recognize; or empty
    QDateTime local;         // as written, in the camera's zone; invalid: the name has no full date and time
    QTime time;              // set when the name has a time of day without a date ("23.59.59-00.00.30")
    QDate date;              // set when the name has a date without a time of day ("record/20160101/")
    qint64 utc = 0;          // ms, if the name contains a Unix time instead; 0: none
    qint64 duration = 0;     // ms, if the name contains it; 0: unknown
    bool inProgress = false; // ".mp4_", "_tmp", ".part": a rename will follow
    bool fixedName = false;  // "snap.jpg": overwritten each time
    bool isTestName = false; // typical name of a camera's test upload
};

} // namespace gatehouse::vendors
