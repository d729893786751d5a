// Brings the catalog up to date with the archive during reception: repair, with the state backup around it,
// and the reports on both. Deletion is on hold until that has succeeded. The next start resumes what this one
// leaves undone (it was killed or stopped, or files failed). Engine's main thread.
#pragma once

#include "app/engine/background_work.h"
#include "app/engine/problems.h"
#include "ingest/repair/repair.h"
#include "ingest/repair/state_backup.h"

#include <QElapsedTimer>
#include <QFuture>
#include <QTimer>
#include <functional>
#include <optional>

namespace gatehouse::app
{

class CatalogRepairs : public QObject
{
    Q_OBJECT

public:
    // `isArchiveAway` is called now and then.
    CatalogRepairs(ingest::StateBackup &state, ingest::Repair &archiveRepair, Problems &problems,
                   BackgroundWork &work, std::function<bool()> isArchiveAway);

    // --- at startup
    // Before anything is received; blocks briefly. Removes left-over parts, and restores accounts and cameras
    // if the catalog is older than the state backup, so that cameras can log in.
    void prepare();
    // Adds rows for files and restores marks and deletions, on a separate thread; retries until that has
    // succeeded.
    void start();
    // Until the first attempt of start() has finished.
    [[nodiscard]] bool isStarting() const { return m_isStarting; }

    // --- at any time
    // Checks every file, after a running search.
    QFuture<Result<ingest::RepairReport>> repairAll();
    // Files scanned so far by a search that has run for over two seconds; none: no such search is running.
    [[nodiscard]] std::optional<qint64> rebuilding() const;

    // The catalog is damaged: the sentence says what to do. Nothing is deleted on the basis of it.
    void setDamage(const QString &text);
    void clearDamage();

Q_SIGNALS:
    // The first attempt of start() has finished; emitted again when a later one has placed everything.
    void lookedThrough();
    // A search has ended, however: files may have got their rows.
    void rowsMade();
    // rebuilding() or isStarting() has changed.
    void progressed();
    // Whether deletion by age and to free space is held back; it is until the first false.
    void holdChanged(bool isHeld);

private:
    struct Outcome {
        ingest::RepairReport report;
        Result<void> done;
    };

    void restoreHome();
    void repair();
    void finish(const Outcome &outcome);
    int msUntilNextTry(const Error &error);
    void tryAgain();
    void watch();
    void unwatch();
    void lookAtProgress();
    void setFailure();
    void setLeft(qint64 failed);
    void hold();
    void setHold(bool isHeld);
    void setBackupTrouble(const QString &trouble);

    ingest::StateBackup &m_state;
    ingest::Repair &m_archiveRepair;
    Problems &m_problems;
    BackgroundWork &m_work;
    const std::function<bool()> m_isArchiveAway;
    QTimer m_again;
    QTimer m_progress;
    QElapsedTimer m_since;  // start of the running searches
    QElapsedTimer m_logged; // last progress message
    qint64 m_looked = 0;
    int m_searches = 0;             // under way
    std::size_t m_failures = 0;     // in a row, except while the archive was away
    std::optional<Error> m_failure; // of the last search
    bool m_isPrepared = false;
    bool m_isStarting = true;
    bool m_isThrough = false; // a search that start() began
    bool m_isDamaged = false;
};

} // namespace gatehouse::app
