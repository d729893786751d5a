// How an account logs in: what of FtpBackend checks passwords and loads the account's FTP tree.
#include "accounts/password.h"
#include "base/futures.h"
#include "base/when_done.h"
#include "ftp/throttle.h"
#include "ingest/receive/ftp_backend.h"

#include <algorithm>

namespace gatehouse::ingest
{

namespace
{

tl::unexpected<Error> refused()
{
    return fail(ErrorKind::Denied, FtpBackend::tr("Wrong user or password"));
}

// Denied means a wrong password here, and nothing else.
tl::unexpected<Error> ownTrouble(Error error)
{
    if (error.kind == ErrorKind::Denied)
        error.kind = ErrorKind::Unavailable;
    return tl::unexpected(std::move(error));
}

} // namespace

QFuture<Result<AccountId>> FtpBackend::logIn(QString user, QByteArray password, QHostAddress peer,
                                             std::weak_ptr<const void> asker)
{
    if (m_options.anonymous && ftp::isAnonymous(user))
        return anonymousAccount();
    if (const auto known = m_logIns.find(user, password))
        return withTree(*known, user);
    // A camera with a session per file logs in many times at once: one password hash answers them all,
    // each with a future of its own, because a future takes one continuation only.
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
    const SharedPromise<Result<AccountId>> answer;
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
        m_archive.run(std::move(next));
}

QFuture<Result<AccountId>> FtpBackend::anonymousAccount()
{
    const QString user = QStringLiteral("anonymous");
    const SharedPromise<Result<AccountId>> answer;
    const auto take = [this, answer, user](AccountId id) {
        whenDone(withTree(id, user), this,
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
                          [this, answer, user, take](const Result<catalog::Camera> &made) {
                              if (made) {
                                  take(made->account);
                                  return;
                              }
                              // Another session, or a rebuild, may have made it meanwhile.
                              whenDone(m_writer.account(user), this,
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
    whenDone(m_writer.ftpEntries(account), this,
             [this, answer, account, user](const Result<QVector<catalog::FtpEntry>> &seen) {
                 if (!seen) {
                     answer.resolve(ownTrouble(seen.error()));
                     return;
                 }
                 // Two sessions may have asked at once: the first tree is the one in use.
                 if (!m_accounts.contains(account))
                     m_accounts.insert(account, {user, FtpTree(*seen, m_clock.now())});
                 answer.resolve(account);
             });
    return answer.future();
}

} // namespace gatehouse::ingest
