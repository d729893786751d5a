// What a remote path reveals: brand, kind, trigger and time. Values: any thread.
#pragma once

#include "base/media_types.h"

#include <QDateTime>
#include <QString>
#include <optional>

namespace gatehouse::vendors
{

struct PathMetadata {
    QString vendor; // the brand file's name, "generic" if no brand's form fits
    Kind kind = Kind::Other;
    Trigger trigger = Trigger::Unknown;
    Subject subject = Subject::None;
    QString cameraKey; // serial, MAC, IP, channel or name that distinguishes cameras of one account; or empty
    QString cameraName; // the part a person would recognize; or empty

    // The time as written, in the camera's zone: what the name has of it. Seconds that are missing are 0.
    QDateTime local;                // date and time of day
    QDate date;                     // a date without a time of day ("record/20160101/")
    QTime time;                     // a time of day without a date ("23.59.59-00.00.30")
    std::optional<qint64> pastHour; // ms past an hour that is not named ("47M05S")
    qint64 utc = 0;      // ms, if the name contains a Unix time or a zone; takes precedence; 0: none
    qint64 duration = 0; // ms, if the name contains it or both ends; 0: unknown
    bool isUtc = false;  // `local` and `date` are in UTC, whatever the camera's zone
    bool isEnd = false;  // `local` is when the clip ended
    std::optional<bool> isSummerTime; // whether the name says that summer time is in force

    bool inProgress = false; // ".mp4_", "_tmp", ".part": a rename will follow
    bool fixedName = false;  // "snap.jpg": overwritten each time
    bool isTestName = false; // typical name of a camera's test upload
};

} // namespace gatehouse::vendors
