// One accepted file (still, clip, sidecar, other) as the catalog keeps it, and as it comes in.
// Times are UTC milliseconds; a duration not known yet is bounded by its kind (see boundedDuration).
// Values: any thread.
#pragma once

#include "base/ids.h"
#include "base/media_types.h"
#include "base/time_range.h"

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
    QString reason; // why it is incomplete or damaged, or what cannot be shown, in words
    qint64 captured = 0;
    TimeSource timeSource = TimeSource::Arrival;
    qint64 received = 0; // when the last byte had arrived
    qint64 duration = 0; // ms; 0 for stills
    bool durationKnown = false;
    int width = 0;
    int height = 0;
    QString container;  // libav's short name: "mov", "matroska", "mpeg", "jpeg", …
    QString videoCodec; // "h264", "hevc", "mjpeg", …
    QString audioCodec; // empty: no sound
    qint64 bytes = 0;
    QByteArray sha256;  // 32 bytes
    QString path;       // absolute, in the archive
    QString sourcePath; // what the camera called it, e.g. "/2026/11/21/Front Door_00_….mp4"
    int arrivals = 1;   // how often the same bytes came under the same name
    bool isProtected = false;

    [[nodiscard]] TimeRange range() const { return {captured, captured + duration}; }
};

// What is painted: small, sorted by `captured`.
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

// What the name says of the time, before a camera's zone and offset are applied.
struct CaptureHint {
    QDateTime local;     // date and time as written (its zone is ignored); invalid: the name has no time
    qint64 utc = 0;      // used instead where the name holds a Unix time; 0: none
    qint64 duration = 0; // ms, where the name gives an end; 0: unknown
    TimeSource source = TimeSource::Arrival; // Name or Content, where local or utc is set
};

// Everything known of an accepted file at the moment its row is written.
struct NewItem {
    ItemId id; // allocated by ItemIds before the file is placed
    AccountId account;
    QString cameraKey;  // what the path says of the camera: serial, MAC, channel or name; may be empty
    QString cameraName; // the name for a camera made now
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
    ItemId extends;   // the earlier item whose bytes are the beginning of this one; none
    // The camera has begun a later try of the same name meanwhile, which is kept already or, where this one
    // was cut, may be under way: the camera goes on seeing that one, and these bytes are given up where they
    // are its beginning.
    bool isOvertaken = false;
    ItemId overtakenBy; // none: not kept yet
    // Found by repair, maybe long after: what its camera has sent since, it goes on seeing.
    bool repaired = false;
    // Found by repair without its line in the journal: sourcePath is only the last part of its name.
    bool recovered = false;
    // An item of its own though the same is kept already: that one's file is not sound and cannot be made so.
    bool besideTheSame = false;
};

// Where a row says that an item's bytes are.
struct KeptFile {
    QString archive; // id of the archive folder
    QString root;    // where that was last
    QString relativePath;
    qint64 received = 0;
};

// What became of a NewItem.
struct Added {
    ItemId item; // the one that holds the bytes now: the new one, or the earlier duplicate
    CameraId camera;
    // Nothing new: the caller removes the file it placed, once it has seen that `kept` is sound.
    bool duplicate = false;
    KeptFile kept = {}; // of a duplicate
};

// How much there is, in bytes.
struct Volume {
    qint64 kept = 0;    // by rows
    qint64 pending = 0; // of one archive: removed, and not yet unlinked
};

// A removal that an older catalog does not know: `item` as it was placed.
struct PastDeletion {
    NewItem item;
    QString reason;
    qint64 at = 0; // UTC ms
};

// What the media worker found out. Applied to an item; its event and day counts follow.
struct Examined {
    ItemId item;
    ItemState state = ItemState::Ok;
    QString reason;
    std::optional<Kind> kind;       // by content, where it can be shown; corrects the name's
    qint64 duration = 0;            // ms
    bool isDurationAssumed = false; // nothing in it tells: what the name says goes first
    int width = 0;
    int height = 0;
    QString container;
    QString videoCodec;
    QString audioCodec;
    qint64 contentTime = 0;     // UTC ms from the container; 0: none
    QDateTime contentLocalTime; // EXIF: local to the camera; invalid: none
};

// The longest an item of a kind may last until the probe says: stills 0, clips 60 s.
qint64 boundedDuration(Kind kind);

} // namespace gatehouse::catalog

Q_DECLARE_METATYPE(gatehouse::catalog::Item)
