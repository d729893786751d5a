// Brings the catalog up to the archive: repair, round it the copy of the catalog's state, and what a person
// is told of both. Deletion is held back until that has gone well. Engine's main thread.
#pragma once

#include "app/problems.h"
#include "ingest/keeper.h"
#include "ingest/mender.h"
#include "ingest/state_backup.h"

#include <functional>

namespace gatehouse::app
{

class CatalogRepairs : public QObject
{
    Q_OBJECT

public:
    CatalogRepairs(ingest::StateBackup &state, ingest::Mender &mender, ingest::Keeper &keeper,
                   Problems &problems);

    // At a start, before anything is received. False: the catalog cannot be read, which is told.
    bool look();
    // At a start, or once an archive that was away is back; blocks. A catalog that is older than the copy of
    // its state is brought up to it: the home before the files get their rows, marks and removals after that.
    // False: that failed, which is told; to be tried again.
    bool run(const std::function<Result<ingest::Mended>()> &mend);

    // The catalog is damaged: the sentence says what to do. Nothing is deleted by what it says.
    void tellDamage(const QString &text);
    void clearDamage();

private:
    void tellFailure(const Error &error);
    void hold();
    void tellHold(bool isHeld);
    void tellSaved(const QString &trouble);

    ingest::StateBackup &m_state;
    ingest::Mender &m_mender;
    ingest::Keeper &m_keeper;
    Problems &m_problems;
    bool m_isDamaged = false;
    qint64 m_added = 0; // rows, over all tries
};

} // namespace gatehouse::app
