// What the receiver needs from the rest of the program: logins, storage for uploads, and each account's FTP
// tree. Every call is made on the network thread and must not block; futures are continued there.
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

// RFC 1635: names that log in without an account, in any case.
inline bool isAnonymous(const QString &user)
{
    return user.compare(QLatin1String("anonymous"), Qt::CaseInsensitive) == 0 ||
           user.compare(QLatin1String("ftp"), Qt::CaseInsensitive) == 0;
}

// A file or folder as the camera sees it.
struct Entry {
    QString name; // last component of its path
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
    Cut       // reset, timed out or aborted, or the control connection was lost
};

// A file being received. Destroying it before finish() counts as Cut.
class Upload
{
public:
    Upload() = default;
    Q_DISABLE_COPY_MOVE(Upload)
    virtual ~Upload() = default;

    virtual void write(QByteArray chunk) = 0;
    // Bytes handed over but not yet on disk. The session stops reading above 4 MiB and resumes when `drained`
    // (set once, called on the network thread) reports that this fell below 1 MiB.
    [[nodiscard]] virtual qint64 pending() const = 0;
    virtual void onDrained(std::function<void()> drained) = 0;
    // A camera's Test button sent it: it tells nothing about its pictures. Valid after finish().
    [[nodiscard]] virtual bool isTest() const { return false; }
    // Resolves when the bytes and the row would survive a power cut (then 226), or fails: Full (452), Invalid
    // and NotFound (550: the camera's mistake), others (451 or 450: ours). The error's text is sent to the
    // camera.
    virtual QFuture<Result<void>> finish(UploadEnd end) = 0;
};

class Backend
{
public:
    Backend() = default;
    Q_DISABLE_COPY_MOVE(Backend)
    virtual ~Backend() = default;

    // Denied: wrong user or password, or uploads are disabled for the account; any other error is ours.
    // Also loads the account's FTP tree. isAnonymous() names log in only if the settings allow it.
    // Once `asker` has expired, nobody waits for the reply and it may be skipped.
    virtual QFuture<Result<AccountId>> logIn(QString user, QByteArray password, QHostAddress peer,
                                             std::weak_ptr<const void> asker) = 0;

    // The account's FTP tree. Paths are absolute and normalized. NotFound, Invalid (exists already).
    // Lists a folder in parts, in a stable order: at most `most` entries after the one named `after` (empty:
    // from the start), which need not exist any more. An empty part marks the end.
    virtual Result<QVector<Entry>> list(AccountId account, const QString &folder, const QString &after,
                                        qsizetype most) = 0;
    virtual Result<Entry> stat(AccountId account, const QString &path) = 0;
    // The same, once the bytes of a cut upload with that name are recorded.
    virtual QFuture<Result<Entry>> statWhenWritten(AccountId account, QString path) = 0;
    // Full: the account has too many folders.
    virtual Result<void> makeFolder(AccountId account, const QString &path) = 0;
    virtual Result<void> removeFolder(AccountId account, const QString &path) = 0;
    virtual Result<void> setModified(AccountId account, const QString &path, qint64 utcMs) = 0;
    virtual QFuture<Result<void>> remove(AccountId account, QString path) = 0; // never removes evidence
    virtual QFuture<Result<void>> rename(AccountId account, QString from, QString to) = 0;

    // Unavailable: reception is paused or the archive disk is missing (450); Full: no space left (452).
    virtual Result<std::unique_ptr<Upload>> beginUpload(const UploadRequest &request) = 0;
};

} // namespace gatehouse::ftp
