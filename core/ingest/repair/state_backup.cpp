#include "ingest/repair/state_backup.h"

#include "archive/state_file.h"
#include "base/when_done.h"
#include "catalog/operations/meta.h"
#include "catalog/operations/state_restore.h"
#include "ingest/repair/removal_replay.h"

#include <QCryptographicHash>
#include <QLoggingCategory>

namespace gatehouse::ingest
{

namespace
{

Q_LOGGING_CATEGORY(lcState, "gatehouse.state")

constexpr int kSoonMs = 60'000;

// Checksum of the state's content, independent of its revision.
QByteArray sumOf(catalog::StateSnapshot state)
{
    state.revision = 0;
    return QCryptographicHash::hash(catalog::toJson(state), QCryptographicHash::Sha256);
}

QString holdKey()
{
    return QStringLiteral("retention_hold");
}

// meta key of the revision whose accounts and cameras are restored.
QString homeKey()
{
    return QStringLiteral("state_home");
}

} // namespace

StateBackup::StateBackup(catalog::Writer &writer, catalog::ReaderPool &readers, archive::Archive &archive,
                         FileSystem &files, QString databasePath,
                         std::shared_ptr<const vendors::Matcher> matcher, QObject *parent)
    : QObject(parent), m_writer(writer), m_readers(readers), m_archive(archive), m_files(files),
      m_databasePath(std::move(databasePath)), m_matcher(std::move(matcher))
{
    m_soon.setSingleShot(true);
    m_soon.setTimerType(Qt::VeryCoarseTimer);
    m_soon.setInterval(kSoonMs);
    connect(&m_soon, &QTimer::timeout, this, [this] { save(); });
}

StateBackup::~StateBackup() = default;

Result<void> StateBackup::restoreHome(bool isNew)
{
    if (m_isHomeBack)
        return {}; // changes made since are newer
    m_isUnreadable = false;
    const auto held = m_writer.submit(catalog::ReadMeta{holdKey()}).result();
    const auto revision = m_writer.submit(catalog::ReadMeta{catalog::kStateRevisionKey}).result();
    if (!held || !revision)
        return tl::unexpected(held ? revision.error() : held.error());
    m_isHeld = m_isHeld || !held->isEmpty();
    m_revision = revision->toLongLong();
    m_wasNew = isNew && m_revision == 0;
    m_goesOn = !isNew && m_revision == 0 && m_isHeld; // the first backup is made when it is complete
    // Before any row is added: a killed rebuild stays a rebuild.
    if (m_wasNew && !m_isHeld && !m_isGivenUp) {
        if (auto holding = hold(); !holding)
            return holding;
    }
    auto state = archive::readStateFile(m_files, m_archive.root()).and_then(catalog::stateFromJson);
    if (!state) {
        m_isHomeBack = state.error().kind == ErrorKind::NotFound;
        if (m_isHomeBack)
            return {};
        // It may hold what the catalog has lost: do not overwrite it, and delete nothing.
        m_isUnreadable = true;
        return tl::unexpected(state.error());
    }
    m_written = sumOf(*state);
    if (state->revision > m_revision) {
        m_newer = std::move(*state);
        if (auto restored = putHome(); !restored) {
            m_newer.reset();
            m_isUnreadable = true;
            return restored;
        }
    }
    m_isHomeBack = true;
    return {};
}

// If startup is killed before the marks are restored, this happens only once: later changes are kept.
Result<void> StateBackup::putHome()
{
    const QString revision = QString::number(m_newer->revision);
    const auto known = m_writer.submit(catalog::ReadMeta{homeKey()}).result();
    if (!known || *known == revision)
        return known.map([](const QString &) {});
    m_newer->accounts.removeIf(
        [this](const catalog::Account &account) { return m_keptSecrets.contains(account.user); });
    qCInfo(lcState) << "the catalog is older than the copy of its state:" << m_revision << "of" << revision;
    return m_writer.submit(catalog::RestoreHome{*m_newer}).result().and_then([&] {
        return m_writer.submit(catalog::SetMeta{homeKey(), revision}).result();
    });
}

void StateBackup::keepSecretOf(const QString &user)
{
    if (!m_isReady)
        m_keptSecrets.insert(user);
}

MarksRestore StateBackup::marks() const
{
    MarksRestore out(m_writer, m_archive, m_files);
    out.m_databasePath = m_databasePath;
    out.m_matcher = m_matcher;
    out.m_newer = m_newer;
    out.m_wasNew = m_wasNew;
    out.m_goesOn = m_goesOn;
    out.m_isUnreadable = m_isUnreadable;
    out.m_isHomeBack = m_isHomeBack;
    return out;
}

Result<void> MarksRestore::run(qint64 added, const std::function<bool()> &mayGoOn) const
{
    if (m_isUnreadable)
        return {};
    if (!m_isHomeBack)
        return fail(ErrorKind::Unavailable, tr("The backup next to the recordings could not be read."),
                    QStringLiteral("state"));
    if (m_newer || m_goesOn || (m_wasNew && added > 0)) {
        if (auto learned = learnRemovals(mayGoOn); !learned)
            return learned;
    }
    if (!m_newer)
        return {};
    // From here on, the catalog is as new as the backup.
    return m_writer.submit(catalog::RestoreMarks{*m_newer})
        .result()
        .and_then([this] {
            return m_writer
                .submit(catalog::SetMeta{catalog::kStateRevisionKey, QString::number(m_newer->revision)})
                .result();
        })
        .and_then([this] {
            return m_writer.submit(catalog::SetMeta{homeKey(), {}}).result();
        });
}

Result<void> MarksRestore::learnRemovals(const std::function<bool()> &mayGoOn) const
{
    const auto list = catalog::FileList::open(m_databasePath);
    if (!list)
        return tl::unexpected(list.error());
    const auto learned = RemovalReplay{m_files, m_archive, **list, m_writer, *m_matcher, mayGoOn}.run();
    if (!learned)
        return tl::unexpected(learned.error());
    if (*learned > 0)
        qCInfo(lcState) << "deletions learned from the journal:" << *learned;
    return {};
}

Result<void> StateBackup::marksAreBack(qint64 added)
{
    if (m_isUnreadable)
        return {};
    if (m_newer)
        m_revision = m_newer->revision;
    m_newer.reset();
    // The very first start: there was nothing to rebuild.
    if (m_wasNew && added == 0) {
        if (auto freed = m_writer.submit(catalog::SetMeta{holdKey(), {}}).result(); !freed)
            return freed;
        m_isHeld = false;
    }
    m_wasNew = false;
    m_goesOn = false;
    m_isReady = true;
    Q_EMIT holdChanged(m_isHeld);
    save();
    return {};
}

QFuture<Result<void>> StateBackup::save()
{
    // A catalog that may still be older than the backup must not overwrite it.
    if (!m_isReady)
        return answered<Result<void>>(
            fail(ErrorKind::Unavailable, tr("The archive is not available yet."), QStringLiteral("state")));
    const SharedPromise<Result<void>> answer;
    m_next.append(answer);
    if (!m_isSaving)
        start();
    return answer.future();
}

void StateBackup::saveSoon()
{
    if (m_isReady && !m_soon.isActive())
        m_soon.start();
}

void StateBackup::start()
{
    m_isSaving = true;
    m_waiting = std::exchange(m_next, {});
    m_soon.stop();
    const auto asked = m_readers.ask([](catalog::Reader &reader) {
        return reader.state().map([](const catalog::StateSnapshot &state) {
            return Current{state, sumOf(state)};
        });
    });
    whenDone(asked, this, [this](const Result<Current> &current) {
        if (!current)
            finish(tl::unexpected(current.error()));
        else if (current->sum == m_written)
            finish({});
        else
            write(*current);
    });
}

// Commits the revision first: a crash in between leaves a catalog newer than the backup, and the next start
// writes the backup again.
void StateBackup::write(const Current &current)
{
    const auto revised =
        m_writer.submit(catalog::SetMeta{catalog::kStateRevisionKey, QString::number(++m_revision)});
    whenDone(revised, this, [this, current, revision = m_revision](const Result<void> &done) {
        if (!done) {
            finish(done);
            return;
        }
        const SharedPromise<Result<void>> written;
        m_archive.run([written, state = current.state, revision, &files = m_files, root = m_archive.root(),
                       id = m_archive.id()]() mutable {
            state.revision = revision;
            written.resolve(archive::writeStateFile(files, root, id, catalog::toJson(state)));
        });
        whenDone(written.future(), this, [this, sum = current.sum](const Result<void> &copied) {
            if (copied)
                m_written = sum;
            finish(copied);
        });
    });
}

void StateBackup::finish(const Result<void> &written)
{
    m_isSaving = false;
    if (!written) {
        qCWarning(lcState).noquote() << written.error().text;
        saveSoon();
    }
    Q_EMIT saved(written ? QString() : written.error().text);
    for (const SharedPromise<Result<void>> &answer : std::exchange(m_waiting, {}))
        answer.resolve(written);
    if (!m_next.isEmpty() && !m_isSaving)
        start();
}

Result<void> StateBackup::hold()
{
    m_isHeld = true;
    return m_writer.submit(catalog::SetMeta{holdKey(), QStringLiteral("rebuilt")}).result();
}

QFuture<Result<void>> StateBackup::confirm()
{
    if (!mayBeConfirmed())
        return answered<Result<void>>(fail(
            ErrorKind::Unavailable, tr("The archive has not been scanned yet. Confirm once it has been."),
            QStringLiteral("state")));
    const SharedPromise<Result<void>> answer;
    whenDone(m_writer.submit(catalog::SetMeta{holdKey(), {}}), this,
             [this, answer](const Result<void> &done) {
                 if (!done) {
                     answer.resolve(done);
                     return;
                 }
                 m_isHeld = false;
                 m_isGivenUp = m_mayBeGivenUp;
                 const bool wasUnreadable = std::exchange(m_isUnreadable, false);
                 m_isReady = m_isReady || wasUnreadable;
                 Q_EMIT holdChanged(isHeld());
                 if (!wasUnreadable) {
                     answer.resolve(done);
                     return;
                 }
                 // Whoever asks for problems next should see what became of it.
                 whenDone(save(), this, [answer](const Result<void> &) { answer.resolve({}); });
             });
    return answer.future();
}

} // namespace gatehouse::ingest
