#include "base/messages.h"
#include "base/when_done.h"
#include "offsite/copier_private.h"

#include <QLoggingCategory>

namespace gatehouse::offsite
{

namespace
{

Q_LOGGING_CATEGORY(lcOffsite, "gatehouse.offsite")

constexpr int kMaxTries = 3;            // of what fails because of the object itself
constexpr qint64 kMakeAgain = 60'000;   // ms
constexpr qint64 kNotRecorded = 10'000; // ms

} // namespace

void OffsiteCopier::Private::onEnded(PartId id, const TransferEnd &end)
{
    auto node = m_running.extract(id);
    if (node.empty())
        return;
    const Task task = node.mapped().task;
    node.mapped().transfer.release()->deleteLater();
    switch (end.how) {
    case How::Durable:
        if (!m_breaker.isClosed())
            tryNow(); // the server is back: nobody waits for longer
        m_breaker.succeeded();
        m_failure.reset();
        m_isUserTold = false;
        Q_EMIT q.becameDurable(id, end.at);
        break;
    case How::Gone:
        m_breaker.gaveUp();
        break;
    case How::NotRecorded: // nothing is lost: the next try looks first
        m_breaker.gaveUp();
        noteFailure(end.error);
        m_quietUntil = m_clock.elapsed() + kNotRecorded;
        wakeIn(kNotRecorded);
        break;
    case How::Damaged:
        m_breaker.gaveUp();
        onDamaged(task, end.error);
        break;
    case How::OtherStored:
        onOtherStored(task, end.error);
        break;
    case How::KeyTaken: {
        m_breaker.succeeded();
        s3::S3Error error = end.error;
        error.text = Messages::tr("Another file has the name of %1 in the bucket.").arg(task.item.path);
        error.remedy = s3::Remedy::YourTurn;
        error.reason = s3::Reason::ConditionFailed;
        giveUp(task, error);
        break;
    }
    case How::Failed:
        onFailed(task, end.error);
        break;
    }
    touch();
    pump();
}

void OffsiteCopier::Private::onFailed(const Task &task, const s3::S3Error &error)
{
    if (error.reason == s3::Reason::Cancelled)
        return m_breaker.gaveUp();
    qCInfo(lcOffsite, "item %lld: %s", static_cast<long long>(task.item.id.value), qPrintable(error.text));
    if (error.reason == s3::Reason::LocalFile) {
        m_breaker.gaveUp();
        return examine(task, error);
    }
    if (error.reason == s3::Reason::NoSuchUpload) { // the next try looks first, then begins anew
        m_breaker.gaveUp();
        return postpone(task, 0, error);
    }
    switch (error.remedy) {
    case s3::Remedy::TryAgain:
        noteServerFailure(error);
        return postpone(task, m_backOff.wait(task.row.attempts + 1), error);
    case s3::Remedy::YourTurn:
        m_breaker.halted(m_clock.elapsed());
        noteFailure(error);
        if (!std::exchange(m_isUserTold, true))
            Q_EMIT q.needsUser(error.text);
        return postpone(task, 0, error, Blame::Nobody);
    case s3::Remedy::OurBug:
        break;
    }
    m_breaker.succeeded(); // it answers, and others may go
    giveUp(task, error);
}

// Now and then a server receives other bytes than were sent; twice means that something is wrong here, or
// with the server.
void OffsiteCopier::Private::onOtherStored(const Task &task, const s3::S3Error &error)
{
    qCWarning(lcOffsite, "item %lld: %s", static_cast<long long>(task.item.id.value), qPrintable(error.text));
    noteServerFailure(error);
    if (task.row.badDigests == 0)
        return postpone(task, 0, error, Blame::BadDigest);
    examine(task, error);
}

// Whether it is the file that is wrong.
void OffsiteCopier::Private::examine(const Task &task, const s3::S3Error &error)
{
    const bool isBadDigest = error.reason == s3::Reason::BadDigest;
    const PartId id = task.row.id;
    const auto goOn = [this, task, error, isBadDigest] {
        const int tries = isBadDigest ? task.row.badDigests : task.row.attempts;
        if (tries + 1 >= kMaxTries)
            return giveUp(task, error);
        postpone(task, m_backOff.wait(tries + 1), error, isBadDigest ? Blame::BadDigest : Blame::Object);
    };
    if (id.part != Part::Original)
        return goOn(); // can be made again
    if (!m_surroundings.isArchiveThere())
        return postpone(task, 0, error, Blame::Nobody);
    m_settling.insert(id);
    whenDone(m_hasher.hash(task.item.path, 0), this, [this, task, id, goOn](const Result<FileHash> &hash) {
        m_settling.remove(id);
        if (hash && hash->sha256 == task.item.sha256)
            return goOn();
        s3::S3Error damage;
        damage.reason = s3::Reason::LocalFile;
        damage.remedy = s3::Remedy::YourTurn;
        damage.kind = ErrorKind::Corrupt;
        damage.text = hash ? Messages::tr("%1 no longer has the bytes that arrived.").arg(task.item.path)
                           : hash.error().text;
        const bool mayBeRead = !hash && hash.error().kind != ErrorKind::NotFound;
        mayBeRead ? goOn() : onDamaged(task, damage);
    });
}

void OffsiteCopier::Private::onDamaged(const Task &task, const s3::S3Error &error)
{
    // A disk that is gone is not a file that is gone.
    if (!m_surroundings.isArchiveThere())
        return postpone(task, 0, error, Blame::Nobody);
    const bool isOriginal = task.row.id.part == Part::Original;
    if (!isOriginal && task.row.attempts + 1 < kMaxTries)
        return postpone(task, kMakeAgain, error);
    giveUp(task, error);
    if (isOriginal)
        Q_EMIT q.damageFound(task.item.id, error.text);
}

void OffsiteCopier::Private::onMakingFailed(const Task &task, const Error &error)
{
    const bool isNever = error.kind == ErrorKind::Corrupt || error.kind == ErrorKind::Invalid ||
                         error.kind == ErrorKind::NotFound;
    if (!isNever) {
        s3::S3Error reason;
        static_cast<Error &>(reason) = error;
        reason.reason = s3::Reason::LocalFile;
        reason.remedy = s3::Remedy::TryAgain;
        return postpone(task, kMakeAgain, reason);
    }
    const PartId id = task.row.id;
    m_settling.insert(id);
    whenDone(m_writer.submit(ReplaceLowRes{id.item, m_clock.now()}), this, [this, id](const Result<bool> &) {
        m_settling.remove(id);
        pump();
    });
}

void OffsiteCopier::Private::postpone(const Task &task, qint64 wait, const s3::S3Error &error, Blame blame)
{
    const PartId id = task.row.id;
    Postpone later{id,
                   wait == 0 ? 0 : m_clock.now() + wait,
                   error.text,
                   error.remedy,
                   blame == Blame::BadDigest,
                   blame != Blame::Nobody};
    m_settling.insert(id);
    whenDone(m_writer.submit(later), this, [this, id](const Result<bool> &) {
        m_settling.remove(id);
        pump();
    });
}

void OffsiteCopier::Private::giveUp(const Task &task, const s3::S3Error &error)
{
    qCWarning(lcOffsite, "item %lld is not copied: %s", static_cast<long long>(task.item.id.value),
              qPrintable(error.text));
    const PartId id = task.row.id;
    noteFailure(error);
    m_settling.insert(id);
    whenDone(m_writer.submit(GiveUp{id, error.text, error.remedy}), this, [this, id](const Result<bool> &) {
        m_settling.remove(id);
        touch();
        pump();
    });
}

void OffsiteCopier::Private::noteServerFailure(const s3::S3Error &error)
{
    m_breaker.failed(m_clock.elapsed(), error.retryAfter.value_or(0));
    noteFailure(error);
}

void OffsiteCopier::Private::noteFailure(const s3::S3Error &error)
{
    const qint64 since = m_failure && m_failure->reason == error.reason ? m_failure->at : m_clock.now();
    m_failure = Failure{error.text, error.remedy, error.reason, since, 0};
    touch();
}

} // namespace gatehouse::offsite
