// What the receiver needs from the rest of the program: log-ins, a place for uploads, and each account's
// own FTP tree of what it sent. Every call is made on the network thread and must not block; futures are
// continued there.
#pragma once

#include "base/ids.h"
#include "base/result.h"

#include <QByteArray>
#include <QFuture>
#include <QHostAddress>
#include <QString>
#include <QVector>
#include <functional>
#include <memory>

namespace gatehouse::ftp
{

// RFC 1635: names without an account of their own, whatever their case.
inline bool isAnonymous(const QString &user)
{
    return user.compare(QLatin1String("anonymous"), Qt::CaseInsensitive) == 0 ||
           user.compare(QLatin1String("ftp"), Qt::CaseInsensitive) == 0;
}

// A file or folder as the camera sees it.
struct Entry {
    QString name; // last part of its path
    bool isFolder = false;
    qint64 bytes = 0;
    qint64 modified = 0; // UTC ms
};

enum class StoreMode { Replace, Append, Unique }; // STOR, APPE, STOU

struct UploadRequest {
    AccountId account;
    QString path; // absolute and normalized: "/a/b.jpg"
    StoreMode mode = StoreMode::Replace;
    qint64 offset = 0; // from REST, bytes; 0: none
    QHostAddress peer;
};

enum class UploadEnd {
    Complete, // the data connection was closed in order
    Cut       // reset, timed out, aborted, or the control connection is gone
};

// One file on its way in. Destroying it before finish() is a Cut.
class Upload
{
public:
    Upload() = default;
    Q_DISABLE_COPY_MOVE(Upload)
    virtual ~Upload() = default;

    virtual void write(QByteArray chunk) = 0;
    // Bytes handed over and not yet on disk. The session stops reading above 4 MiB and goes on when
    // `drained` (set once, called on the network thread) says that it sank below 1 MiB.
    [[nodiscard]] virtual qint64 pending() const = 0;
    virtual void onDrained(std::function<void()> drained) = 0;
    // Resolved when the bytes and the row would survive a power cut (then 226), or failed: Full (452),
    // Invalid and NotFound (550: the camera's own doing), others (451 or 450: ours). The text goes to the
    // camera.
    virtual QFuture<Result<void>> finish(UploadEnd end) = 0;
};

class Backend
{
public:
    Backend() = default;
    Q_DISABLE_COPY_MOVE(Backend)
    virtual ~Backend() = default;

    // Denied: user or password wrong, or receiving is switched off for it; whatever else is our own trouble.
    // Also loads its FTP tree. isAnonymous() names only where a person allowed it.
    // Once `asker` has expired nobody waits any more, and it need not be answered.
    virtual QFuture<Result<AccountId>> logIn(QString user, QByteArray password, QHostAddress peer,
                                             std::weak_ptr<const void> asker) = 0;

    // The account's FTP tree. Paths are absolute and normalized. NotFound, Invalid (exists already).
    // What is in a folder, a part at a time, in an order of its own: at most `most` entries that follow the
    // one named `after` (empty: from the beginning), whether that one is still there or not. An empty part:
    // that was all.
    virtual Result<QVector<Entry>> list(AccountId account, const QString &folder, const QString &after,
                                        qsizetype most) = 0;
    virtual Result<Entry> stat(AccountId account, const QString &path) = 0;
    // The same, once what came of a cut upload of that name is written down.
    virtual QFuture<Result<Entry>> statWhenWritten(AccountId account, QString path) = 0;
    // Full: the account has too many.
    virtual Result<void> makeFolder(AccountId account, const QString &path) = 0;
    virtual Result<void> removeFolder(AccountId account, const QString &path) = 0;
    virtual Result<void> setModified(AccountId account, const QString &path, qint64 utcMs) = 0;
    virtual QFuture<Result<void>> remove(AccountId account, QString path) = 0; // never removes evidence
    virtual QFuture<Result<void>> rename(AccountId account, QString from, QString to) = 0;

    // Unavailable: receiving is paused or the archive disk is gone (450); Full: no room (452).
    virtual Result<std::unique_ptr<Upload>> beginUpload(const UploadRequest &request) = 0;
};

} // namespace gatehouse::ftp
