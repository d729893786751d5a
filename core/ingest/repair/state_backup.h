// Keeps a copy of what only the catalog knows beside the files (catalog/state_snapshot.h), and gives it
// back to a catalog that is older: a new one after a loss, or a copy from before. After a rebuild nothing is
// deleted by age or space until a person has confirmed.
// Engine's main thread; restoreHome() blocks and is for the start, and what marks() answers is carried out on
// a thread of its own.
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

// The part of a restore that takes long: a value, carried out on any thread.
class MarksRestore
{
    Q_DECLARE_TR_FUNCTIONS(MarksRestore)

public:
    // What was removed since is learned from the journal, marks come back. `added`: rows that repair made.
    // mayGoOn: asked often; false: stop (Cancelled).
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

    // --- at a start
    // Before repair: accounts, cameras and what is protected come back, once. `isNew`: the catalog knows no
    // file yet.
    Result<void> restoreHome(bool isNew);
    // After repair: to be carried out elsewhere.
    [[nodiscard]] MarksRestore marks() const;
    // That has gone well. The catalog counts as up to date only now. `added`: rows that repair made.
    Result<void> marksAreBack(qint64 added);

    // It has failed for another reason than that the archive is away: a person may decide not to wait for it.
    void restoreFailed() { m_mayBeGivenUp = true; }

    // A password that was set before that is newer than the copy's.
    void keepSecretOf(const QString &user);

    // --- while running
    // The future is resolved once the copy is durable; it holds everything committed before the call. Costs
    // no writing where nothing has changed.
    QFuture<Result<void>> save();
    // Soon enough: what may be lost with the catalog and a crash within a minute.
    void saveSoon();

    // --- deletion after a rebuild
    // True too until the restore is through: what is protected may not be known yet.
    [[nodiscard]] bool isHeld() const { return m_isHeld || !(m_isReady || m_isGivenUp); }
    [[nodiscard]] bool mayBeConfirmed() const { return m_isReady || m_isUnreadable || m_mayBeGivenUp; }
    // A person has looked: deletion goes on. A copy that cannot be read is given up, a restore that has
    // failed is not waited for. Unavailable: there is nothing to look at yet.
    QFuture<Result<void>> confirm();

Q_SIGNALS:
    void holdChanged(bool isHeld);
    void saved(const QString &trouble); // empty: the copy is up to date

private:
    struct Current {
        catalog::StateSnapshot state; // but for its revision
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
    QByteArray m_written; // the sum of what the copy holds
    qint64 m_revision = 0;
    std::optional<catalog::StateSnapshot> m_newer; // being restored
    bool m_isHeld = false;
    bool m_wasNew = false;
    bool m_goesOn = false;       // a rebuild that was killed
    bool m_isHomeBack = false;   // restoreHome() was through
    QSet<QString> m_keptSecrets; // users
    bool m_isUnreadable = false; // the copy: nothing is copied over it
    bool m_mayBeGivenUp = false; // the restore
    bool m_isGivenUp = false;    // it is tried all the same, but holds nothing back
    bool m_isReady = false;      // restored: from now on the catalog is the newer one
    bool m_isSaving = false;
    // Who waits for the copy under way, and for the one after it.
    QVector<SharedPromise<Result<void>>> m_waiting;
    QVector<SharedPromise<Result<void>>> m_next;
};

} // namespace gatehouse::ingest
