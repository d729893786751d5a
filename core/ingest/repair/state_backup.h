// Backs up what only the catalog knows next to the files (catalog/state_snapshot.h), and restores it into an
// older catalog: a new one after a loss, or one restored from a backup. After a rebuild, nothing is deleted
// by age or for space until a person has confirmed.
// Engine's main thread; restoreHome() blocks and is for startup; run the result of marks() on a dedicated
// thread.
#pragma once

#include "archive/archive.h"
#include "base/file_system.h"
#include "base/futures.h"
#include "catalog/reader_pool.h"
#include "catalog/writer.h"
#include "vendors/matcher.h"

#include <QCoreApplication>
#include <QObject>
#include <QSet>
#include <QTimer>

namespace gatehouse::ingest
{

// The slow part of a restore: a value, run on any thread.
class MarksRestore
{
    Q_DECLARE_TR_FUNCTIONS(MarksRestore)

public:
    // Learns deletions from the journal and restores marks. `added`: rows added by repair. mayGoOn: called
    // often; false: stop (Cancelled).
    Result<void> run(qint64 added, const std::function<bool()> &mayGoOn) const;

private:
    friend class StateBackup;
    MarksRestore(catalog::Writer &writer, archive::Archive &archive, FileSystem &files)
        : m_writer(writer), m_archive(archive), m_files(files)
    {
    }
    Result<void> learnRemovals(const std::function<bool()> &mayGoOn) const;

    catalog::Writer &m_writer;
    archive::Archive &m_archive;
    FileSystem &m_files;
    QString m_databasePath;
    std::shared_ptr<const vendors::Matcher> m_matcher;
    std::optional<catalog::StateSnapshot> m_newer;
    bool m_wasNew = false;
    bool m_goesOn = false;
    bool m_isUnreadable = false;
    bool m_isHomeBack = false;
};

class StateBackup : public QObject
{
    Q_OBJECT

public:
    StateBackup(catalog::Writer &writer, catalog::ReaderPool &readers, archive::Archive &archive,
                FileSystem &files, QString databasePath, std::shared_ptr<const vendors::Matcher> matcher,
                QObject *parent = nullptr);
    ~StateBackup() override;

    // --- at startup
    // Before repair: restores accounts, cameras and protection, once. `isNew`: the catalog has no files yet.
    Result<void> restoreHome(bool isNew);
    // After repair: to be run elsewhere.
    [[nodiscard]] MarksRestore marks() const;
    // That has succeeded. Only now does the catalog count as up to date. `added`: rows added by repair.
    Result<void> marksAreBack(qint64 added);

    // It has failed, and not because the archive is unavailable: a person may decide not to wait for it.
    void restoreFailed() { m_mayBeGivenUp = true; }

    // A password set before that is newer than the backup's.
    void keepSecretOf(const QString &user);

    // --- while running
    // Resolves once the backup is durable; it contains everything committed before the call. Writes nothing
    // if nothing has changed.
    QFuture<Result<void>> save();
    // Within a minute: limits what a crash plus a lost catalog can cost.
    void saveSoon();

    // --- deletion after a rebuild
    // Also true until the restore has finished: protection may not be known yet.
    [[nodiscard]] bool isHeld() const { return m_isHeld || !(m_isReady || m_isGivenUp); }
    [[nodiscard]] bool mayBeConfirmed() const { return m_isReady || m_isUnreadable || m_mayBeGivenUp; }
    // A person has confirmed: deletion resumes. An unreadable backup is abandoned, a failed restore no longer
    // awaited. Unavailable: there is nothing to check yet.
    QFuture<Result<void>> confirm();

Q_SIGNALS:
    void holdChanged(bool isHeld);
    void saved(const QString &trouble); // empty: the backup is up to date

private:
    struct Current {
        catalog::StateSnapshot state; // except its revision
        QByteArray sum;
    };
    void start();
    void write(const Current &current);
    void finish(const Result<void> &written);
    Result<void> putHome();
    Result<void> hold();

    catalog::Writer &m_writer;
    catalog::ReaderPool &m_readers;
    archive::Archive &m_archive;
    FileSystem &m_files;
    const QString m_databasePath;
    const std::shared_ptr<const vendors::Matcher> m_matcher;
    QTimer m_soon;
    QByteArray m_written; // checksum of the backup's content
    qint64 m_revision = 0;
    std::optional<catalog::StateSnapshot> m_newer; // being restored
    bool m_isHeld = false;
    bool m_wasNew = false;
    bool m_goesOn = false;       // a rebuild that was killed
    bool m_isHomeBack = false;   // restoreHome() has completed
    QSet<QString> m_keptSecrets; // users
    bool m_isUnreadable = false; // the backup: it is not overwritten
    bool m_mayBeGivenUp = false; // the restore may be abandoned
    bool m_isGivenUp = false;    // still attempted, but no longer blocks anything
    bool m_isReady = false;      // restored: from now on, the catalog is newer
    bool m_isSaving = false;
    // Callers waiting for the backup in progress, and for the next one.
    QVector<SharedPromise<Result<void>>> m_waiting;
    QVector<SharedPromise<Result<void>>> m_next;
};

} // namespace gatehouse::ingest
