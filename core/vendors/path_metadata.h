// What a remote path says: who made the file, what it is, why and when. Values: any thread.
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
    QString cameraKey;   // serial, MAC, IP, channel or name that tells cameras of one account apart; or empty
    QString cameraName;  // the part of it a person would recognize; or empty
    QDateTime local;     // as written, in the camera's zone; invalid: the name has no full date and time
    QTime time;          // set when the name has a time of day without a date ("23.59.59-00.00.30")
    QDate date;          // set when the name has a date without a time of day ("record/20160101/")
    qint64 utc = 0;      // ms, where the name holds a Unix time instead; 0: none
    qint64 duration = 0; // ms, where the name tells it; 0: unknown
    bool inProgress = false; // ".mp4_", "_tmp", ".part": a rename is to follow
    bool fixedName = false;  // "snap.jpg": overwritten each time
    bool isTestName = false; // as test buttons call what they send
};

} // namespace gatehouse::vendors
