#include "ingest/ftp_backend.h"

#include "accounts/password.h"
#include "base/futures.h"
#include "base/when_done.h"
#include "ftp/throttle.h"
#include "ingest/deferred_upload.h"
#include "ingest/describe.h"
#include "ingest/ftp_upload.h"

#include <algorithm>

namespace gatehouse::ingest
{

namespace
{

tl::unexpected<Error> refused()
{
    return fail(ErrorKind::Denied, FtpBackend::tr("User or password is wrong"));
}

// Denied means a wrong password here, and nothing else.
tl::unexpected<Error> ownTrouble(Error error)
{
    if (error.kind == ErrorKind::Denied)
        error.kind = ErrorKind::Unavailable;
    return tl::unexpected(std::move(error));
}

} // namespace

FtpBackend::FtpBackend(catalog::Writer &writer, archive::Archive &archive,
                       std::shared_ptr<const vendors::Matcher> matcher, const Clock &clock,
                       FtpBackendOptions options, QObject *parent)
    : QObject(parent), m_writer(writer), m_archive(archive), m_matcher(std::move(matcher)), m_clock(clock),
      m_options(options), m_logIns(clock)
{
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

void FtpBackend::forgetOldViews(qint64 now)
{
    const qint64 before = now - catalog::Writer::viewLasts;
    for (LoggedIn &account : m_accounts)
        account.view.forget(before);
    m_writer.expireViews(before);
}

// --- log-in

QFuture<Result<AccountId>> FtpBackend::logIn(QString user, QByteArray password, QHostAddress peer,
                                             std::weak_ptr<const void> asker)
{
    if (m_options.anonymous && ftp::isAnonymous(user))
        return anonymousAccount();
    if (const auto known = m_logIns.find(user, password))
        return withView(*known, user);
    // A camera with a session per file logs in many times at once: one password hash answers them all,
    // each with a future of its own, because a future takes one continuation only.
    const Attempt attempt(user, password);
    const Answer<Result<AccountId>> answer;
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

// By a session that is still there; where there is none, nobody waits any more.
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
    const Answer<Result<AccountId>> answer;
    whenDone(m_writer.account(attempt.first), this,
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
                     const bool right = id.isValid() && accounts::matches(secret, attempt.second);
                     if (!id.isValid()) // or names could be tried out by the time it takes
                         accounts::pretend(attempt.second);
                     QMetaObject::invokeMethod(this, [this, answer, attempt, id, right] {
                         hashNext();
                         if (!right) {
                             answer.resolve(refused());
                             return;
                         }
                         m_logIns.remember(attempt.first, attempt.second, id);
                         whenDone(withView(id, attempt.first), this,
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
        m_archive.run(std::move(next));
}

QFuture<Result<AccountId>> FtpBackend::anonymousAccount()
{
    const QString user = QStringLiteral("anonymous");
    const Answer<Result<AccountId>> answer;
    const auto take = [this, answer, user](AccountId id) {
        whenDone(withView(id, user), this,
                 [answer](const Result<AccountId> &ready) { answer.resolve(ready); });
    };
    whenDone(m_writer.account(user), this,
             [this, answer, user, take](const Result<catalog::Account> &account) {
                 if (account) {
                     take(account->id);
                     return;
                 }
                 catalog::Account fresh;
                 fresh.user = user;
                 whenDone(m_writer.addCamera(tr("Anonymous"), fresh), this,
                          [answer, take](const Result<catalog::Camera> &made) {
                              if (made)
                                  take(made->account);
                              else
                                  answer.resolve(ownTrouble(made.error()));
                          });
             });
    return answer.future();
}

QFuture<Result<AccountId>> FtpBackend::withView(AccountId account, const QString &user)
{
    if (m_accounts.contains(account))
        return answered<Result<AccountId>>(account);
    const Answer<Result<AccountId>> answer;
    whenDone(m_writer.viewOf(account), this,
             [this, answer, account, user](const Result<QVector<catalog::ViewEntry>> &seen) {
                 if (!seen) {
                     answer.resolve(ownTrouble(seen.error()));
                     return;
                 }
                 // Two sessions may have asked at once: the first view is the one in use.
                 if (!m_accounts.contains(account))
                     m_accounts.insert(account, {user, AccountView(*seen, m_clock.now())});
                 answer.resolve(account);
             });
    return answer.future();
}

AccountView &FtpBackend::viewOf(AccountId account)
{
    return m_accounts[account].view;
}

// --- the view

Result<QVector<ftp::Entry>> FtpBackend::list(AccountId account, const QString &folder, const QString &after,
                                             qsizetype most)
{
    return viewOf(account).list(folder, after, most);
}

Result<ftp::Entry> FtpBackend::stat(AccountId account, const QString &path)
{
    return viewOf(account).stat(path);
}

QFuture<Result<ftp::Entry>> FtpBackend::statWhenWritten(AccountId account, QString path)
{
    const auto cut = m_cuts.constFind({account, path});
    if (cut == m_cuts.constEnd())
        return answered(stat(account, path));
    const Answer<Result<ftp::Entry>> answer;
    whenDone(*cut, this,
             [this, answer, account, path](const Result<void> &) { answer.resolve(stat(account, path)); });
    return answer.future();
}

Result<void> FtpBackend::makeFolder(AccountId account, const QString &path)
{
    const qint64 now = m_clock.now();
    auto made = viewOf(account).makeFolder(path, now);
    if (made)
        m_writer.putView(account, {path, true, 0, now, {}, {}, {}});
    return made;
}

Result<void> FtpBackend::removeFolder(AccountId account, const QString &path)
{
    auto removed = viewOf(account).removeFolder(path);
    if (removed)
        m_writer.removeView(account, path);
    return removed;
}

Result<void> FtpBackend::setModified(AccountId account, const QString &path, qint64 utcMs)
{
    auto changed = viewOf(account).setModified(path, utcMs);
    if (const catalog::ViewEntry *entry = viewOf(account).file(path))
        m_writer.putView(account, *entry);
    return changed;
}

QFuture<Result<void>> FtpBackend::remove(AccountId account, QString path)
{
    if (const auto removed = viewOf(account).remove(path); !removed)
        return answered<Result<void>>(tl::unexpected(removed.error()));
    return m_writer.removeView(account, path);
}

QFuture<Result<void>> FtpBackend::rename(AccountId account, QString from, QString to)
{
    AccountView &view = viewOf(account);
    const catalog::ViewEntry *file = view.file(from);
    const catalog::ViewEntry before = file ? *file : catalog::ViewEntry();
    if (const auto renamed = view.rename(from, to); !renamed)
        return answered<Result<void>>(tl::unexpected(renamed.error()));
    // Of an empty file, a test and a folder that nothing was kept in the catalog knows nothing.
    const auto isUnknown = [](const Result<void> &done) {
        return !done && done.error().kind == ErrorKind::NotFound;
    };
    if (!before.item.isValid()) {
        const Answer<Result<void>> answer;
        whenDone(file ? m_writer.removeView(account, to) : m_writer.renameView(account, from, to), this,
                 [answer, isUnknown](const Result<void> &done) {
                     answer.resolve(isUnknown(done) ? Result<void>() : done);
                 });
        return answer.future();
    }
    m_writer.renameView(account, from, to);
    // The new name may say more of who, when and why; the bytes and their place stay as they are.
    const vendors::Meaning meaning = m_matcher->match(to);
    catalog::NewItem item = describe(meaning, to, m_clock.now(), QTimeZone::systemTimeZone());
    item.id = before.item;
    item.account = account;
    item.relativePath = before.relativePath;
    item.bytes = before.bytes;
    item.sha256 = before.sha256;
    m_archive.noteRename(item.id, to);
    const QString user = m_accounts[account].user;
    return revise({m_writer, m_archive, item, {item.id, user, {}, to, item.received, {}, false}, this}, {});
}

// The same bytes may be kept under the new name already: then this file is given up as an upload would be.
QFuture<Result<void>> FtpBackend::revise(const Placing &placing, ItemId same)
{
    const Answer<Result<void>> answer;
    whenDone(m_writer.reviseItem(placing.item.id, placing.item, same), this,
             [this, placing, same, answer](const Result<catalog::Added> &revised) {
                 if (!revised || !revised->duplicate || revised->item == same) {
                     answer.resolve(revised.map([](const catalog::Added &) {}));
                     return;
                 }
                 whenDone(makeSure(placing, *revised), this,
                          [this, placing, kept = revised->item, answer](const Result<bool> &sure) {
                              Placing next = placing;
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

Result<archive::IntakeOptions> FtpBackend::intakeFor(const ftp::UploadRequest &request) const
{
    archive::IntakeOptions options;
    options.maxBytes = m_options.maxFileBytes;
    // Not operator[]: on a const hash it copies the whole view, and what it points to is gone at once.
    const auto account = m_accounts.constFind(request.account);
    const catalog::ViewEntry *existing =
        account == m_accounts.constEnd() ? nullptr : account->view.file(request.path);
    // Of an empty file and of a test nothing is kept that could be gone on with.
    const bool isKept = existing && !existing->sha256.isEmpty();
    const qint64 held = isKept ? existing->bytes : 0;
    const qint64 start = request.mode == ftp::StoreMode::Append ? held : request.offset;
    if (start > held)
        return fail(ErrorKind::Invalid, tr("There are fewer bytes here than REST says"));
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

void FtpBackend::rememberCut(const ftp::UploadRequest &request, const QFuture<Result<void>> &recording)
{
    const std::pair name(request.account, request.path);
    m_cuts.insert(name, recording);
    // Not then(): a future keeps one continuation only, and this one is awaited by the session too.
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
        if (!outcome.isOvertaken)
            viewOf(outcome.request.account).put(outcome.seen, m_clock.now());
        if (outcome.isComplete && !outcome.isOvertaken)
            m_tries.kept(*outcome.attempt, outcome.seen.item);
    };
    vendors::Meaning meaning = m_matcher->match(request.path);
    if (const auto can = ready(); !can)
        return tl::unexpected(can.error());
    const auto options = intakeFor(request);
    if (!options)
        return tl::unexpected(options.error());
    auto intake = m_archive.beginIntake(*options);
    if (!intake)
        return tl::unexpected(intake.error());

    const LoggedIn &account = m_accounts[request.account];
    const catalog::ViewEntry *existing = account.view.file(request.path);
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
    return std::make_unique<FtpUpload>(std::move(context), request, std::move(meaning), std::move(*intake),
                                       options->copyBytes);
}

} // namespace gatehouse::ingest
