#include "ingest/receive/ftp_backend.h"

#include "accounts/password.h"
#include "base/futures.h"
#include "base/when_done.h"
#include "catalog/operations/add_item.h"
#include "catalog/operations/cameras.h"
#include "catalog/operations/ftp_entries.h"
#include "catalog/operations/meta.h"
#include "catalog/types/camera.h"
#include "ftp/throttle.h"
#include "ingest/receive/deferred_upload.h"
#include "ingest/receive/ftp_upload.h"
#include "ingest/receive/new_item.h"

#include <QTimeZone>
#include <algorithm>

namespace gatehouse::ingest
{

namespace
{

tl::unexpected<Error> refused()
{
    return fail(ErrorKind::Denied, FtpBackend::tr("Wrong user or password"));
}

// Denied is reserved for a wrong password.
tl::unexpected<Error> ownTrouble(Error error)
{
    if (error.kind == ErrorKind::Denied)
        error.kind = ErrorKind::Unavailable;
    return tl::unexpected(std::move(error));
}

// Whichever character set the camera sends it in. An unknown user takes as long as a wrong password, or
// timing would reveal which users exist.
bool isRight(const accounts::Secret &secret, const QByteArray &sent, bool isKnown)
{
    const QVector<QByteArray> readings = accounts::readingsOf(sent);
    if (isKnown)
        return std::any_of(readings.begin(), readings.end(),
                           [&](const QByteArray &password) { return accounts::matches(secret, password); });
    for (const QByteArray &password : readings)
        accounts::pretend(password);
    return false;
}

} // namespace

FtpBackend::FtpBackend(catalog::Writer &writer, archive::Archive &archive,
                       std::shared_ptr<const vendors::Matcher> matcher, const Clock &clock,
                       FtpBackendOptions options, QObject *parent)
    : QObject(parent), m_writer(writer), m_archive(archive), m_matcher(std::move(matcher)), m_clock(clock),
      m_options(options), m_logIns(clock)
{
    m_hashing.setMaxThreadCount(1);
}

FtpBackend::~FtpBackend() = default;

void FtpBackend::pauseUntil(qint64 until)
{
    m_pausedUntil = until;
    m_pauseEnds = m_clock.elapsed() + (until - m_clock.now());
}

qint64 FtpBackend::pausedUntil() const
{
    return m_pausedUntil > m_clock.now() && m_pauseEnds > m_clock.elapsed() ? m_pausedUntil : 0;
}

void FtpBackend::forgetLogIns(AccountId account)
{
    m_logIns.forget(account);
}

void FtpBackend::takeInLateRows()
{
    const auto accounts = m_accounts.keys();
    for (const AccountId account : accounts) {
        whenDone(m_writer.submit(catalog::ReadFtpEntries{account}), this,
                 [this, account](const Result<QVector<catalog::FtpEntry>> &entries) {
                     if (entries)
                         showLateRows(account, *entries);
                 });
    }
    whenDone(m_writer.submit(catalog::ReadMeta{QString::fromLatin1(catalog::kRebuildKey)}), this,
             [this](const Result<QString> &due) {
                 if (due && due->isEmpty())
                     m_givenUp.end();
             });
}

void FtpBackend::showLateRows(AccountId account, const QVector<catalog::FtpEntry> &entries)
{
    FtpTree &tree = treeOf(account);
    for (const catalog::FtpEntry &entry : entries) {
        if (tree.file(entry.path) || tree.isFolder(entry.path))
            continue;
        // The next start would show deleted entries again, unless they are just being sent again.
        if (!m_givenUp.contains(account, entry.path))
            tree.put(entry, m_clock.now());
        else if (!m_writer.ids().isOfThisRun(entry.item))
            m_writer.submit(catalog::RemoveFtpEntry{account, entry.path});
    }
}

void FtpBackend::forgetOldEntries(qint64 now)
{
    const qint64 before = now - catalog::kFtpEntryLifetime;
    for (LoggedIn &account : m_accounts)
        account.tree.forget(before);
    m_writer.submit(catalog::ExpireFtpEntries{before});
}

FtpTree &FtpBackend::treeOf(AccountId account)
{
    return m_accounts[account].tree;
}

// --- logins

QFuture<Result<AccountId>> FtpBackend::logIn(QString user, QByteArray password, QHostAddress peer,
                                             std::weak_ptr<const void> asker)
{
    if (m_options.anonymous && ftp::isAnonymous(user))
        return anonymousAccount();
    if (const auto known = m_logIns.find(user, password))
        return withTree(*known, user);
    // A camera with a session per file logs in many times at once: one password hash serves them all, each
    // with its own future, because a future takes only one continuation.
    const Attempt attempt(user, password);
    const SharedPromise<Result<AccountId>> answer;
    auto &waiting = m_verifying[attempt];
    waiting.append({answer, std::move(asker)});
    if (waiting.size() == 1) {
        whenDone(verify(attempt, peer), this, [this, attempt](const Result<AccountId> &verified) {
            for (const Asked &one : m_verifying.take(attempt))
                one.answer.resolve(verified);
        });
    }
    return answer.future();
}

// For a session that still exists; otherwise nobody waits any more.
bool FtpBackend::isAwaited(const Attempt &attempt)
{
    const auto waiting = m_verifying.constFind(attempt);
    if (waiting == m_verifying.constEnd())
        return false;
    if (std::any_of(waiting->begin(), waiting->end(), [](const Asked &one) { return !one.asker.expired(); }))
        return true;
    m_verifying.erase(waiting);
    return false;
}

QFuture<Result<AccountId>> FtpBackend::verify(const Attempt &attempt, const QHostAddress &peer)
{
    const SharedPromise<Result<AccountId>> answer;
    whenDone(m_writer.submit(catalog::FindAccount{attempt.first}), this,
             [this, answer, attempt, peer](const Result<catalog::Account> &account) {
                 if (!account && account.error().kind != ErrorKind::NotFound) {
                     answer.resolve(ownTrouble(account.error()));
                     return;
                 }
                 const AccountId id = account && account->enabled ? account->id : AccountId{};
                 const accounts::Secret secret =
                     id.isValid() ? accounts::Secret{account->salt, account->hash, account->iterations}
                                  : accounts::Secret();
                 const auto hash = [this, answer, attempt, secret, id] {
                     const bool right = isRight(secret, attempt.second, id.isValid());
                     QMetaObject::invokeMethod(this, [this, answer, attempt, id, right] {
                         hashNext();
                         if (!right) {
                             answer.resolve(refused());
                             return;
                         }
                         m_logIns.remember(attempt.first, attempt.second, id);
                         whenDone(withTree(id, attempt.first), this,
                                  [answer](const Result<AccountId> &ready) { answer.resolve(ready); });
                     });
                 };
                 m_toHash.add(ftp::addressKey(peer), hash, [this, attempt] { return isAwaited(attempt); });
                 if (!m_isHashing)
                     hashNext();
             });
    return answer.future();
}

void FtpBackend::hashNext()
{
    LogInLine::Job next = m_toHash.takeNext();
    m_isHashing = bool(next);
    if (m_isHashing)
        m_hashing.start(std::move(next));
}

QFuture<Result<AccountId>> FtpBackend::anonymousAccount()
{
    const QString user = QStringLiteral("anonymous");
    const SharedPromise<Result<AccountId>> answer;
    const auto take = [this, answer, user](AccountId id) {
        whenDone(withTree(id, user), this,
                 [answer](const Result<AccountId> &ready) { answer.resolve(ready); });
    };
    whenDone(m_writer.submit(catalog::FindAccount{user}), this,
             [this, answer, user, take](const Result<catalog::Account> &account) {
                 if (account) {
                     take(account->id);
                     return;
                 }
                 catalog::Account fresh;
                 fresh.user = user;
                 whenDone(m_writer.submit(catalog::AddCamera{tr("Anonymous"), fresh}), this,
                          [this, answer, user, take](const Result<catalog::Camera> &made) {
                              if (made) {
                                  take(made->account);
                                  return;
                              }
                              // Another session, or a rebuild, may have created it meanwhile.
                              whenDone(m_writer.submit(catalog::FindAccount{user}), this,
                                       [answer, take,
                                        error = made.error()](const Result<catalog::Account> &others) {
                                           if (others)
                                               take(others->id);
                                           else
                                               answer.resolve(ownTrouble(error));
                                       });
                          });
             });
    return answer.future();
}

QFuture<Result<AccountId>> FtpBackend::withTree(AccountId account, const QString &user)
{
    if (m_accounts.contains(account))
        return answered<Result<AccountId>>(account);
    const SharedPromise<Result<AccountId>> answer;
    whenDone(m_writer.submit(catalog::ReadFtpEntries{account}), this,
             [this, answer, account, user](const Result<QVector<catalog::FtpEntry>> &seen) {
                 if (!seen) {
                     answer.resolve(ownTrouble(seen.error()));
                     return;
                 }
                 // Two sessions may have asked at once: the first tree wins.
                 if (!m_accounts.contains(account))
                     m_accounts.insert(account, {user, FtpTree(*seen, m_clock.now())});
                 answer.resolve(account);
             });
    return answer.future();
}

// --- the FTP tree

Result<QVector<ftp::Entry>> FtpBackend::list(AccountId account, const QString &folder, const QString &after,
                                             qsizetype most)
{
    return treeOf(account).list(folder, after, most);
}

Result<ftp::Entry> FtpBackend::stat(AccountId account, const QString &path)
{
    return treeOf(account).stat(path);
}

QFuture<Result<ftp::Entry>> FtpBackend::statWhenWritten(AccountId account, QString path)
{
    const auto cut = m_cuts.constFind({account, path});
    if (cut == m_cuts.constEnd())
        return answered(stat(account, path));
    const SharedPromise<Result<ftp::Entry>> answer;
    whenDone(*cut, this,
             [this, answer, account, path](const Result<void> &) { answer.resolve(stat(account, path)); });
    return answer.future();
}

Result<void> FtpBackend::makeFolder(AccountId account, const QString &path)
{
    const qint64 now = m_clock.now();
    auto made = treeOf(account).makeFolder(path, now);
    if (!made)
        return made;
    m_writer.submit(catalog::PutFtpEntry{account, {path, true, 0, now, {}, {}, {}}});
    if (m_matcher->match(path).isTestName) // Reolink's button makes a folder and nothing else
        Q_EMIT testReceived(m_accounts[account].user);
    return made;
}

Result<void> FtpBackend::removeFolder(AccountId account, const QString &path)
{
    auto removed = treeOf(account).removeFolder(path);
    if (removed)
        m_writer.submit(catalog::RemoveFtpEntry{account, path});
    return removed;
}

Result<void> FtpBackend::setModified(AccountId account, const QString &path, qint64 utcMs)
{
    auto changed = treeOf(account).setModified(path, utcMs);
    if (const catalog::FtpEntry *entry = treeOf(account).file(path))
        m_writer.submit(catalog::PutFtpEntry{account, *entry});
    return changed;
}

QFuture<Result<void>> FtpBackend::remove(AccountId account, QString path)
{
    if (const auto removed = treeOf(account).remove(path); !removed)
        return answered<Result<void>>(tl::unexpected(removed.error()));
    m_givenUp.add(account, path);
    return m_writer.submit(catalog::RemoveFtpEntry{account, path});
}

QFuture<Result<void>> FtpBackend::rename(AccountId account, QString from, QString to)
{
    FtpTree &tree = treeOf(account);
    const catalog::FtpEntry *file = tree.file(from);
    const catalog::FtpEntry before = file ? *file : catalog::FtpEntry();
    const auto moves = tree.rename(from, to);
    if (!moves)
        return answered<Result<void>>(tl::unexpected(moves.error()));
    if (moves->isEmpty())
        return answered<Result<void>>({});
    m_givenUp.add(account, from);
    const auto moved = m_writer.submit(catalog::MoveFtpEntries{account, *moves});
    if (!before.item.isValid())
        return moved;
    // The new name may reveal more about camera, time and trigger; the bytes and their place do not change.
    const vendors::PathMetadata metadata = m_matcher->match(to, m_clock.now());
    catalog::NewItem item = toNewItem(metadata, to, m_clock.now(), QTimeZone::systemTimeZone());
    item.id = before.item;
    item.account = account;
    item.relativePath = before.relativePath;
    item.bytes = before.bytes;
    item.sha256 = before.sha256;
    m_archive.noteRename(item.id, to);
    const QString user = m_accounts[account].user;
    return revise({m_writer, m_archive, item, {item.id, user, {}, to, item.received, {}, false}, this}, {});
}

// The same bytes may already be stored under the new name: then this file is discarded like a duplicate
// upload.
QFuture<Result<void>> FtpBackend::revise(const PlacedUpload &placed, ItemId same)
{
    const SharedPromise<Result<void>> answer;
    whenDone(m_writer.submit(catalog::ReviseItem{placed.item.id, placed.item, same}), this,
             [this, placed, same, answer](const Result<catalog::Added> &revised) {
                 if (!revised || !revised->duplicate || revised->item == same) {
                     answer.resolve(revised.map([](const catalog::Added &) {}));
                     return;
                 }
                 whenDone(makeSure(placed, *revised), this,
                          [this, placed, kept = revised->item, answer](const Result<bool> &sure) {
                              PlacedUpload next = placed;
                              next.item.besideTheSame = !sure;
                              whenDone(revise(next, kept), this,
                                       [answer](const Result<void> &done) { answer.resolve(done); });
                          });
             });
    return answer.future();
}

// --- uploads

Result<void> FtpBackend::ready()
{
    if (pausedUntil() != 0)
        return fail(ErrorKind::Unavailable, tr("Receiving is paused"));
    auto can = m_archive.ready();
    if (!can && can.error().kind == ErrorKind::Full)
        Q_EMIT roomNeeded();
    return can;
}

Result<archive::StagingOptions> FtpBackend::stagingFor(const ftp::UploadRequest &request) const
{
    archive::StagingOptions options;
    options.maxBytes = m_options.maxFileBytes;
    // Not operator[]: on a const hash it copies the whole tree, and pointers into it dangle at once.
    const auto account = m_accounts.constFind(request.account);
    const catalog::FtpEntry *existing =
        account == m_accounts.constEnd() ? nullptr : account->tree.file(request.path);
    // Empty files and tests are not stored, so nothing can be appended to them.
    const bool isKept = existing && !existing->sha256.isEmpty();
    const qint64 held = isKept ? existing->bytes : 0;
    const qint64 start = request.mode == ftp::StoreMode::Append ? held : request.offset;
    if (start > held)
        return fail(ErrorKind::Invalid, tr("REST is beyond the end of the file"));
    // It is in the archive folder that was used before, or its item is deleted.
    if (start > 0 && existing->relativePath.isEmpty())
        return fail(ErrorKind::Invalid, tr("The start of the file is not available. Send the whole file"));
    if (start > 0) {
        options.copyFrom = existing->relativePath;
        options.copyBytes = start;
    }
    if (existing && existing->bytes > 0 && existing->item.isValid()) {
        options.prefixBytes = existing->bytes;
        options.prefixSha256 = existing->sha256;
    }
    return options;
}

// The catalog's latest entry for that name may stem from an earlier attempt.
void FtpBackend::writeSeen(AccountId account, const QString &path)
{
    if (const catalog::FtpEntry *entry = treeOf(account).file(path))
        m_writer.submit(catalog::PutFtpEntry{account, *entry});
    else
        m_writer.submit(catalog::RemoveFtpEntry{account, path});
}

void FtpBackend::rememberCut(const ftp::UploadRequest &request, const QFuture<Result<void>> &recording)
{
    const std::pair name(request.account, request.path);
    m_cuts.insert(name, recording);
    whenDone(recording, this, [this, name](const Result<void> &) { m_cuts.remove(name); });
}

Result<std::unique_ptr<ftp::Upload>> FtpBackend::beginUpload(const ftp::UploadRequest &request)
{
    const auto cut = m_cuts.constFind({request.account, request.path});
    if (cut == m_cuts.constEnd())
        return beginNow(request);
    return std::make_unique<DeferredUpload>(*cut, this, [this, request] { return beginNow(request); });
}

Result<std::unique_ptr<ftp::Upload>> FtpBackend::beginNow(const ftp::UploadRequest &request)
{
    const auto stored = [this](const UploadOutcome &outcome) {
        const AccountId account = outcome.request.account;
        const QString &path = outcome.request.path;
        // The later attempt may have been completed since this one ended.
        if (outcome.isOvertaken || outcome.attempt->overtakenBy.isValid()) {
            if (!outcome.isOvertaken)
                writeSeen(account, path);
            return;
        }
        treeOf(account).put(outcome.seen, m_clock.now());
        if (outcome.isTest)
            Q_EMIT testReceived(m_accounts[account].user);
        if (!outcome.seen.item.isValid())
            m_writer.submit(
                catalog::RemoveFtpEntry{account, path}); // it gets no row; a replaced entry may have one
        if (outcome.isComplete)
            m_tries.kept(*outcome.attempt, outcome.seen.item);
    };
    vendors::PathMetadata metadata = m_matcher->match(request.path, m_clock.now());
    if (const auto can = ready(); !can)
        return tl::unexpected(can.error());
    const auto options = stagingFor(request);
    if (!options)
        return tl::unexpected(options.error());
    auto staged = m_archive.stageFile(*options);
    if (!staged)
        return tl::unexpected(staged.error());

    const LoggedIn &account = m_accounts[request.account];
    const catalog::FtpEntry *existing = account.tree.file(request.path);
    const auto cut = [this](const ftp::UploadRequest &what, const QFuture<Result<void>> &recording) {
        rememberCut(what, recording);
    };
    UploadContext context{m_writer,
                          m_archive,
                          m_clock,
                          this,
                          stored,
                          cut,
                          account.user,
                          existing ? existing->item : ItemId{},
                          m_tries.begin(request.account, request.path)};
    return std::make_unique<FtpUpload>(std::move(context), request, std::move(metadata), std::move(*staged),
                                       options->copyBytes);
}

} // namespace gatehouse::ingest
