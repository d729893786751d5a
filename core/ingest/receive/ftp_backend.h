// The receiver's backend: checks logins against the catalog's accounts, maintains each account's FTP tree,
// and passes uploads through vendors, archive and catalog. Lives on the network thread; no call blocks.
#pragma once

#include "accounts/log_in_cache.h"
#include "archive/archive.h"
#include "base/clock.h"
#include "base/futures.h"
#include "base/limits.h"
#include "catalog/writer.h"
#include "ftp/backend.h"
#include "ingest/receive/duplicate.h"
#include "ingest/receive/ftp_tree.h"
#include "ingest/receive/log_in_line.h"
#include "ingest/receive/upload_tries.h"
#include "ingest/repair/names_given_up.h"
#include "vendors/matcher.h"

#include <QHash>
#include <QObject>
#include <QThreadPool>

namespace gatehouse::ingest
{

struct FtpBackendOptions {
    bool anonymous = false;
    qint64 maxFileBytes = limits::kDefaultMaxFile;
};

class FtpBackend : public QObject, public ftp::Backend
{
    Q_OBJECT

public:
    FtpBackend(catalog::Writer &writer, archive::Archive &archive,
               std::shared_ptr<const vendors::Matcher> matcher, const Clock &clock, FtpBackendOptions options,
               QObject *parent = nullptr);
    ~FtpBackend() override;

    void setOptions(FtpBackendOptions options) { m_options = options; }
    // While paused, uploads get 450, so that cameras keep them and retry. UTC ms; 0: not paused. The pause
    // ends when that much time has passed, even if the PC's clock went back meanwhile.
    void pauseUntil(qint64 until);
    [[nodiscard]] qint64 pausedUntil() const;
    // A new password: forgets verified logins of this account.
    void forgetLogIns(AccountId account);
    // A rebuild has added rows: cameras that logged in before see their old uploads again, except for those
    // deleted or renamed since.
    void takeInLateRows();
    // Drops what an account saw more than a day before `now` (UTC ms); call it now and then.
    void forgetOldEntries(qint64 now);

    QFuture<Result<AccountId>> logIn(QString user, QByteArray password, QHostAddress peer,
                                     std::weak_ptr<const void> asker) override;
    Result<QVector<ftp::Entry>> list(AccountId account, const QString &folder, const QString &after,
                                     qsizetype most) override;
    Result<ftp::Entry> stat(AccountId account, const QString &path) override;
    QFuture<Result<ftp::Entry>> statWhenWritten(AccountId account, QString path) override;
    Result<void> makeFolder(AccountId account, const QString &path) override;
    Result<void> removeFolder(AccountId account, const QString &path) override;
    Result<void> setModified(AccountId account, const QString &path, qint64 utcMs) override;
    QFuture<Result<void>> remove(AccountId account, QString path) override;
    QFuture<Result<void>> rename(AccountId account, QString from, QString to) override;
    Result<std::unique_ptr<ftp::Upload>> beginUpload(const ftp::UploadRequest &request) override;

Q_SIGNALS:
    // An upload was refused because the disk is full.
    void roomNeeded();
    // A camera's Test button was pressed, and all went well: a file that is not stored, or a folder.
    void testReceived(const QString &user);

private:
    using Attempt = std::pair<QString, QByteArray>; // user and password
    struct Asked {
        SharedPromise<Result<AccountId>> answer;
        std::weak_ptr<const void> asker;
    };
    struct LoggedIn {
        QString user;
        FtpTree tree;
    };

    QFuture<Result<AccountId>> verify(const Attempt &attempt, const QHostAddress &peer);
    [[nodiscard]] bool isAwaited(const Attempt &attempt);
    void hashNext();
    QFuture<Result<AccountId>> anonymousAccount();
    QFuture<Result<AccountId>> withTree(AccountId account, const QString &user);
    FtpTree &treeOf(AccountId account);
    void showLateRows(AccountId account, const QVector<catalog::FtpEntry> &entries);
    QFuture<Result<void>> revise(const PlacedUpload &placed, ItemId same);
    Result<void> ready();
    void writeSeen(AccountId account, const QString &path);
    void rememberCut(const ftp::UploadRequest &request, const QFuture<Result<void>> &recording);
    Result<std::unique_ptr<ftp::Upload>> beginNow(const ftp::UploadRequest &request);
    Result<archive::StagingOptions> stagingFor(const ftp::UploadRequest &request) const;

    catalog::Writer &m_writer;
    archive::Archive &m_archive;
    std::shared_ptr<const vendors::Matcher> m_matcher;
    const Clock &m_clock;
    FtpBackendOptions m_options;
    accounts::LogInCache m_logIns;
    QHash<AccountId, LoggedIn> m_accounts;
    NamesGivenUp m_givenUp;                                             // while a rebuild is due
    QHash<std::pair<AccountId, QString>, QFuture<Result<void>>> m_cuts; // being recorded, by name
    UploadTries m_tries;
    QHash<Attempt, QVector<Asked>> m_verifying; // sessions waiting for each
    LogInLine m_toHash;
    bool m_isHashing = false;
    qint64 m_pausedUntil = 0;
    qint64 m_pauseEnds = 0; // the same, in elapsed ms
    QThreadPool m_hashing;  // password hashing; last, so that its work ends before anything else is destroyed
};

} // namespace gatehouse::ingest
