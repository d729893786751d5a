// One accepted file (still, clip, sidecar, other) as stored in the catalog, and as it is added. Times are UTC
// milliseconds; an unknown duration is bounded by its kind (see boundedDuration). Values: any thread.
#pragma once

#include "base/ids.h"
#include "base/media_types.h"
#include "base/motion_profile.h"
#include "base/time_range.h"
#include "catalog/types/derivative.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QVector>
#include <optional>

namespace gatehouse::catalog
{

struct Item {
    ItemId id;
    CameraId camera;
    EventId event; // none for scheduled stills, sidecars and others
    Kind kind = Kind::Other;
    Trigger trigger = Trigger::Unknown;
    Subject subject = Subject::None;
    ItemState state = ItemState::Unexamined;
    QString reason; // why it is incomplete or damaged, or what cannot be shown, as a sentence
    qint64 captured = 0;
    TimeSource timeSource = TimeSource::Arrival;
    qint64 received = 0; // when the last byte arrived
    qint64 duration = 0; // ms; 0 for stills
    bool durationKnown = false;
    int width = 0;
    int height = 0;
    QString container;  // libav's short name: "mov", "matroska", "mpeg", "jpeg", …
    QString videoCodec; // "h264", "hevc", "mjpeg", …
    QString audioCodec; // empty: no audio
    qint64 bytes = 0;
    QByteArray sha256;  // 32 bytes
    QString path;       // absolute, in the archive
    QString sourcePath; // its name on the camera, e.g. "/2026/11/21/Front Door_00_….mp4"
    int arrivals = 1;   // how often the same bytes arrived under the same name
    bool isProtected = false;

    [[nodiscard]] TimeRange range() const { return {captured, captured + duration}; }
};

// The fields that painting needs: small, sorted by `captured`.
struct TimelineItem {
    ItemId id;
    qint64 captured = 0;
    qint64 duration = 0;
    Kind kind = Kind::Other;
    Trigger trigger = Trigger::Unknown;
    Subject subject = Subject::None;
    ItemState state = ItemState::Unexamined;

    friend bool operator==(const TimelineItem &, const TimelineItem &) = default;
};

// The time in the name, before a camera's zone and offset are applied.
struct CaptureHint {
    QDateTime local;     // date and time as written (its zone is ignored); invalid: the name has no time
    qint64 utc = 0;      // takes precedence if the name contains a Unix time or is in UTC; 0: none
    qint64 duration = 0; // ms, if the name contains an end; 0: unknown
    TimeSource source = TimeSource::Arrival; // Name or Content, if local or utc is set
    bool isDay = false;                      // only the day is known; its time of day means nothing
    bool isEnd = false;                      // when the recording ended
    std::optional<bool> isSummerTime = {};   // which of the two repeated hours of a clock change it is
};

// Everything known about an accepted file when its row is written.
struct NewItem {
    ItemId id; // allocated by ItemIds before the file is placed
    AccountId account;
    QString cameraKey;  // the camera according to the path: serial, MAC, channel or name; may be empty
    QString cameraName; // the name for a newly created camera
    Kind kind = Kind::Other;
    Trigger trigger = Trigger::Unknown;
    Subject subject = Subject::None;
    CaptureHint hint;
    qint64 received = 0;
    qint64 bytes = 0;
    QByteArray sha256;
    QString archive;      // id of the archive folder
    QString relativePath; // below that folder
    QString sourcePath;
    ItemState state = ItemState::Unexamined; // Incomplete for a cut upload
    QString reason;
    bool live = true; // false: an import or a backlog; no clock offset is learned from it
    ItemId extends;   // the earlier item whose bytes are a prefix of this one's; none
    // The camera has meanwhile started a later attempt of the same name, which is already stored or, if this
    // one was cut, may be in progress: the camera keeps seeing that one, and these bytes are discarded if
    // they are its prefix.
    bool isOvertaken = false;
    ItemId overtakenBy; // none: not stored yet
    // Found by repair, perhaps long after arrival: the camera keeps seeing what it has sent since.
    bool repaired = false;
    // Found by repair without a line in the journal: sourcePath is only the last part of its name.
    bool recovered = false;
    // Gets its own row although the same bytes are stored: that file is damaged and cannot be restored.
    bool besideTheSame = false;
};

// The location of an item's bytes according to its row.
struct KeptFile {
    QString archive; // id of the archive folder
    QString root;    // last known location
    QString relativePath;
    qint64 received = 0;
};

// The result of adding a NewItem.
struct Added {
    ItemId item; // the item that has the bytes now: the new one, or the earlier duplicate
    CameraId camera;
    // Nothing new: the caller deletes the file it placed, once it has verified `kept`.
    bool duplicate = false;
    KeptFile kept = {}; // the stored file of a duplicate
};

// Amounts of data in bytes.
struct Volume {
    qint64 kept = 0;    // with rows
    qint64 pending = 0; // of one archive: deleted, but not yet unlinked
};

// A deletion that an older catalog does not know: `item` as it was placed.
struct PastDeletion {
    NewItem item;
    QString reason;
    qint64 at = 0;                       // UTC ms
    std::optional<qint64> duration = {}; // ms
};

// The media worker's findings. Applied to an item; its event and day counts follow.
struct Examined {
    ItemId item;
    ItemState state = ItemState::Ok;
    QString reason;
    std::optional<Kind> kind; // by content; corrects the name's if it can be shown, or the name does not tell
    qint64 duration = 0;      // ms
    bool isDurationAssumed = false; // unknown to the content: the name takes precedence
    int width = 0;
    int height = 0;
    QString container;
    QString videoCodec;
    QString audioCodec;
    qint64 contentTime = 0;     // UTC ms from the container; 0: none
    QDateTime contentLocalTime; // EXIF: local to the camera; invalid: none
    // EXIF: the camera, if the path names none. Then cameras that share a login are told apart by it.
    QString cameraSerial;
    QString cameraModel;
    QVector<Derivative> derivatives; // made by the examination
    MotionProfile motion;            // empty: unknown
};

// The maximum duration of an item until it is probed: stills 0, clips 60 s.
qint64 boundedDuration(Kind kind);

} // namespace gatehouse::catalog

Q_DECLARE_METATYPE(gatehouse::catalog::Item)
