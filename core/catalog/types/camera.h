// A camera: an account, plus a key from its paths (serial, channel, name). One account may have several.
// Values: any thread.
#pragma once

#include "base/ids.h"

#include <QByteArray>
#include <QString>
#include <QVector>

namespace gatehouse::catalog
{

// A camera merged into another, directly or via a third: it can be separated again.
struct MergedCamera {
    CameraId id;
    QString name; // its former name

    friend bool operator==(const MergedCamera &, const MergedCamera &) = default;
};

struct Camera {
    CameraId id;
    AccountId account;
    QString user; // the account's user name
    QString key;  // from the path; empty for the account's first camera
    QString name;
    QByteArray zone;   // IANA id, e.g. "Europe/Berlin"
    qint64 offset = 0; // ms its clock is ahead of the actual time; subtracted from the times it writes
    bool offsetLearned = false; // false: 0 or set manually
    bool offsetFixed = false;   // set manually: learning is off
    qint64 created = 0;
    qint64 lastReceived = 0; // 0: nothing yet
    // Its latest live uploads have times of a clock that was not set, so that they go by arrival: UTC ms
    // since when, looking back a few hundred uploads; 0: its clock is credible.
    qint64 clockUnsetSince = 0;
    qint64 clockUnsetBy = 0;    // ms that the newest of those times is ahead of its arrival; negative: behind
    qint64 clockCredibleAt = 0; // arrival of the newest live upload whose time was credible; 0: none is known
    ItemId latestPoster;        // the newest still, or clip, with a picture; none
    qint64 items = 0;
    qint64 bytes = 0;
    QVector<MergedCamera> merged;

    friend bool operator==(const Camera &, const Camera &) = default;
};

// One camera's login. The hash is PBKDF2-HMAC-SHA256; the password itself is never stored.
struct Account {
    AccountId id;
    QString user;
    QByteArray salt;
    QByteArray hash;
    int iterations = 0;
    bool enabled = true;
};

// What an account saw itself upload (its FTP tree), newest state of one path. AddItem writes the entry of the
// file in its own transaction; folders, removals and moves come by PutFtpEntry and so on.
struct FtpEntry {
    QString path;
    bool isFolder = false;
    qint64 bytes = 0;
    qint64 modified = 0; // UTC ms
    ItemId item;         // none for folders and test files
    QByteArray sha256;
    QString relativePath; // location of its bytes in the current archive; empty: they are not there
};

// An entry under a new path.
struct FtpMove {
    QString from;
    QString to;
};

// Cameras look for their uploads for at least 24 h.
constexpr qint64 kFtpEntryLifetime = 25 * 3'600'000; // ms

} // namespace gatehouse::catalog

Q_DECLARE_METATYPE(gatehouse::catalog::Camera)
