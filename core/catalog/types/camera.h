// A camera: an account and what its paths say (serial, channel, name). One account may carry several.
// Values: any thread.
#pragma once

#include "base/ids.h"

#include <QByteArray>
#include <QString>
#include <QVector>

namespace gatehouse::catalog
{

// What was merged into a camera, directly or by way of another: it can be made a camera of its own again.
struct MergedCamera {
    CameraId id;
    QString name; // the one it had

    friend bool operator==(const MergedCamera &, const MergedCamera &) = default;
};

struct Camera {
    CameraId id;
    AccountId account;
    QString user; // the account's user name
    QString key;  // what the path says; empty for the account's first camera
    QString name;
    QByteArray zone;            // IANA id, e.g. "Europe/Berlin"
    qint64 offset = 0;          // ms its clock is ahead of true time; subtracted from what it writes
    bool offsetLearned = false; // false: 0 or set by hand
    bool offsetFixed = false;   // set by hand: nothing is learned any more
    qint64 created = 0;
    qint64 lastReceived = 0; // 0: nothing yet
    ItemId latestPoster;     // the newest still, or clip, that has a picture; none
    qint64 items = 0;
    qint64 bytes = 0;
    QVector<MergedCamera> merged;

    friend bool operator==(const Camera &, const Camera &) = default;
};

// One camera's log-in. The hash is PBKDF2-HMAC-SHA256; the password itself is kept nowhere.
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
    QString relativePath; // where its bytes lie in the archive; empty for folders and test files
};

// An entry under a new path.
struct FtpMove {
    QString from;
    QString to;
};

// Cameras look for what they sent for at least 24 h.
constexpr qint64 kFtpEntryLifetime = 25 * 3'600'000; // ms

} // namespace gatehouse::catalog

Q_DECLARE_METATYPE(gatehouse::catalog::Camera)
