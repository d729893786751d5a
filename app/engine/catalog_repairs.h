// Brings the catalog up to the archive, beside receiving: repair, round it the copy of the catalog's state,
// and what a person is told of both. Deletion is held back until that has gone well. What a start leaves
// undone (it was killed or stopped, or files failed) the next one goes on with. Engine's main thread.
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
    // `isArchiveAway` is asked now and then.
    CatalogRepairs(ingest::StateBackup &state, ingest::Repair &archiveRepair, Problems &problems,
                   BackgroundWork &work, std::function<bool()> isArchiveAway);

    // --- at a start
    // Before anything is received; blocks for a moment. Left-over parts go, and of a catalog that is older
    // than the copy of its state the home comes back, so that cameras can log in.
    void prepare();
    // Files get their rows, marks and removals come back, on a thread of its own; again and again until that
    // has gone well.
    void start();
    // Until start() has tried for the first time.
    [[nodiscard]] bool isStarting() const { return m_isStarting; }

    // --- at any time
    // Every file is looked at, after a search that is under way.
    QFuture<Result<ingest::RepairReport>> repairAll();
    // Files scanned so far by a search that has run for over two seconds; none: no such search is running.
    [[nodiscard]] std::optional<qint64> rebuilding() const;

    // The catalog is damaged: the sentence says what to do. Nothing is deleted by what it says.
    void setDamage(const QString &text);
    void clearDamage();

Q_SIGNALS:
    // start() has tried for the first time; and once more when a later time has found a place for everything.
    void lookedThrough();
    // A search is over, however it ended: files may have got their rows.
    void rowsMade();
    // rebuilding() or isStarting() says something else now.
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
    QElapsedTimer m_since;  // the searches under way began
    QElapsedTimer m_logged; // how far they are
    qint64 m_looked = 0;
    int m_searches = 0;             // under way
    std::size_t m_failures = 0;     // on end, but for those of an archive that was away
    std::optional<Error> m_failure; // of the last search
    bool m_isPrepared = false;
    bool m_isStarting = true;
    bool m_isThrough = false; // a search that start() began
    bool m_isDamaged = false;
};

} // namespace gatehouse::app
