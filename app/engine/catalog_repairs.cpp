#include "app/engine/catalog_repairs.h"

#include "base/futures.h"
#include "base/when_done.h"
#include "protocol/repair.h"

#include <QLoggingCategory>
#include <array>

namespace gatehouse::app
{

namespace
{

Q_LOGGING_CATEGORY(lcRepairs, "gatehouse.repairs")

constexpr int kTryAgainMs = 2'000;
constexpr std::array kTryFailedAgainMs{2'000, 60'000, 600'000}; // each search may take minutes
constexpr int kTryFullAgainMs = 60'000; // deletion is not on hold because of this, and frees space
constexpr int kMomentMs = 2'000;        // nobody needs to know of anything shorter
constexpr int kLookAtProgressMs = 1'000;
constexpr int kLogProgressMs = 60'000;

QString damageKey()
{
    return QStringLiteral("catalog");
}

QString repairKey()
{
    return QStringLiteral("repair");
}

QString leftKey()
{
    return QStringLiteral("left");
}

QString stateKey()
{
    return QStringLiteral("state");
}

} // namespace

CatalogRepairs::CatalogRepairs(ingest::StateBackup &state, ingest::Repair &archiveRepair, Problems &problems,
                               BackgroundWork &work, std::function<bool()> isArchiveAway)
    : m_state(state), m_archiveRepair(archiveRepair), m_problems(problems), m_work(work),
      m_isArchiveAway(std::move(isArchiveAway))
{
    m_again.setSingleShot(true);
    m_progress.setInterval(kLookAtProgressMs);
    connect(&m_again, &QTimer::timeout, this, &CatalogRepairs::tryAgain);
    connect(&m_progress, &QTimer::timeout, this, &CatalogRepairs::lookAtProgress);
    connect(&m_state, &ingest::StateBackup::saved, this, &CatalogRepairs::setBackupTrouble);
    connect(&m_state, &ingest::StateBackup::holdChanged, this, &CatalogRepairs::setHold);
}

void CatalogRepairs::prepare()
{
    if (const auto looked = m_archiveRepair.lookAtStart(); !looked) {
        m_failure = looked.error();
        setFailure();
        return;
    }
    if (m_isArchiveAway())
        return;
    restoreHome();
    const auto left = m_archiveRepair.removeLeftOvers();
    if (!left) {
        m_failure = left.error();
        setFailure();
    }
    m_isPrepared = left.has_value();
}

void CatalogRepairs::start()
{
    if (m_isPrepared)
        repair();
    else
        finish({{}, fail(ErrorKind::Unavailable, QString())});
}

void CatalogRepairs::restoreHome()
{
    if (const auto home = m_state.restoreHome(m_archiveRepair.newestAtStart() == 0); !home)
        m_problems.set(protocol::Problem{
            stateKey(),
            tr("Gatehouse can't read its backup of camera names, logins and protection: %1 Nothing is "
               "deleted until you confirm that what Gatehouse shows is correct; it then makes a new backup.")
                .arg(home.error().text),
            0, tr("Make a new backup"), protocol::ConfirmRetention::kName,
            QStringLiteral("gatehouse retention confirm")});
}

void CatalogRepairs::repair()
{
    watch();
    const SharedPromise<Outcome> answer;
    m_work.start([answer, &archiveRepair = m_archiveRepair, marks = m_state.marks()](const auto &mayGoOn) {
        const auto report = archiveRepair.repairNewest(mayGoOn);
        // A file that could not be added still exists, so this is not a first start.
        answer.resolve({report.value_or(ingest::RepairReport()),
                        report ? marks.run(archiveRepair.found(), mayGoOn) : tl::unexpected(report.error())});
    });
    whenDone(answer.future(), this, [this](const Outcome &outcome) {
        unwatch();
        if (!outcome.done && outcome.done.error().kind == ErrorKind::Cancelled)
            return; // the next start continues
        const auto done =
            outcome.done.and_then([this] { return m_state.marksAreBack(m_archiveRepair.found()); });
        m_failure = done ? std::nullopt : std::optional(done.error());
        setLeft(outcome.report.failed);
        finish({outcome.report, done});
        setFailure();
    });
}

void CatalogRepairs::finish(const Outcome &outcome)
{
    const bool isFirst = std::exchange(m_isStarting, false);
    if (!outcome.done)
        m_again.start(msUntilNextTry(outcome.done.error()));
    else if (outcome.report.isFull)
        m_again.start(kTryFullAgainMs);
    if (outcome.done)
        m_failures = 0;
    Q_EMIT rowsMade();
    const bool isThrough = outcome.done && !outcome.report.isFull;
    const bool isNowThrough = isThrough && !std::exchange(m_isThrough, true);
    if (isFirst || isNowThrough)
        Q_EMIT lookedThrough();
    if (isFirst)
        Q_EMIT progressed();
}

int CatalogRepairs::msUntilNextTry(const Error &error)
{
    if (error.kind == ErrorKind::Unavailable && m_isArchiveAway())
        return kTryAgainMs;
    if (m_failures > 0) // the first may be due to a disk that is disappearing
        m_state.restoreFailed();
    const int wait = kTryFailedAgainMs[m_failures];
    m_failures = std::min(m_failures + 1, kTryFailedAgainMs.size() - 1);
    return wait;
}

void CatalogRepairs::tryAgain()
{
    if (m_isArchiveAway()) {
        m_again.start(kTryAgainMs);
        return;
    }
    restoreHome();
    repair();
}

QFuture<Result<ingest::RepairReport>> CatalogRepairs::repairAll()
{
    watch();
    const SharedPromise<Result<ingest::RepairReport>> answer;
    m_work.start([answer, &archiveRepair = m_archiveRepair](const auto &mayGoOn) {
        answer.resolve(archiveRepair.repairAll(mayGoOn));
    });
    whenDone(answer.future(), this, [this](const Result<ingest::RepairReport> &report) {
        unwatch();
        Q_EMIT rowsMade();
        if (report)
            setLeft(report->failed);
    });
    return answer.future();
}

std::optional<qint64> CatalogRepairs::rebuilding() const
{
    return m_searches > 0 && m_since.hasExpired(kMomentMs) ? std::optional(m_looked) : std::nullopt;
}

void CatalogRepairs::watch()
{
    if (m_searches++ > 0)
        return;
    m_looked = 0;
    m_since.start();
    m_logged.start();
    m_progress.start();
}

void CatalogRepairs::unwatch()
{
    if (--m_searches > 0)
        return;
    m_progress.stop();
    if (!m_since.hasExpired(kMomentMs))
        return;
    qCInfo(lcRepairs) << "rebuilding the catalog: over after" << m_since.elapsed() / 1000 << "s";
    Q_EMIT progressed();
}

void CatalogRepairs::lookAtProgress()
{
    // Keeps its value between two searches, and until the rest is done.
    if (const qint64 looked = m_archiveRepair.looked(); looked >= 0)
        m_looked = looked;
    if (!rebuilding())
        return;
    if (m_logged.hasExpired(kLogProgressMs)) {
        m_logged.start();
        qCInfo(lcRepairs) << "rebuilding the catalog:" << m_looked << "files looked at";
    }
    Q_EMIT progressed();
}

void CatalogRepairs::setDamage(const QString &text)
{
    m_problems.set(protocol::Problem{damageKey(), text, 0, tr("Repair"), protocol::RepairCatalog::kName,
                                     QStringLiteral("gatehouse check --repair")});
    m_isDamaged = true;
    hold();
}

// For either reason.
void CatalogRepairs::hold()
{
    Q_EMIT holdChanged(m_isDamaged || m_state.isHeld());
}

void CatalogRepairs::clearDamage()
{
    m_problems.clear(damageKey());
    m_isDamaged = false;
    hold();
}

void CatalogRepairs::setFailure()
{
    if (!m_failure)
        m_problems.clear(repairKey());
    else if (!m_state.isHeld())
        m_problems.set(repairKey(), tr("The archive could not be looked through: %1").arg(m_failure->text));
    else if (!m_state.mayBeConfirmed())
        m_problems.set(repairKey(),
                       tr("The archive could not be scanned. Nothing is deleted until it has been: %1")
                           .arg(m_failure->text));
    else
        m_problems.set(protocol::Problem{
            repairKey(),
            tr("The archive could not be looked through, and nothing is deleted until it was, or until you "
               "confirm that cameras and protected recordings are as they should be: %1")
                .arg(m_failure->text),
            0, tr("Resume deletion"), protocol::ConfirmRetention::kName,
            QStringLiteral("gatehouse retention confirm")});
}

void CatalogRepairs::setLeft(qint64 failed)
{
    if (failed == 0) {
        m_problems.clear(leftKey());
        return;
    }
    m_problems.set(protocol::Problem{
        leftKey(),
        failed == 1 ? tr("1 file is kept, but could not be put into the catalog; the log says why. The next "
                         "start tries again.")
                    : tr("%1 files are kept, but could not be put into the catalog; the log says why. The "
                         "next start tries again.")
                          .arg(failed),
        0, tr("Try again"), protocol::RepairArchive::kName, QStringLiteral("gatehouse check --repair")});
}

void CatalogRepairs::setBackupTrouble(const QString &trouble)
{
    m_problems.set(stateKey(),
                   trouble.isEmpty()
                       ? QString()
                       : tr("Gatehouse can't back up camera names, logins and protection: %1").arg(trouble));
}

void CatalogRepairs::setHold(bool isHeld)
{
    hold();
    setFailure();
    if (!isHeld) {
        m_problems.clear(QStringLiteral("hold"));
        return;
    }
    m_problems.set(protocol::Problem{
        QStringLiteral("hold"),
        tr("The catalog was rebuilt from the archive. Nothing is deleted by age or to free "
           "space until you confirm that the cameras and protected recordings are correct."),
        0, tr("Resume deletion"), protocol::ConfirmRetention::kName,
        QStringLiteral("gatehouse retention confirm")});
}

} // namespace gatehouse::app
