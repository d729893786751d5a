// Limits the history of deletions: the journal and the list of deletions keep them for 400 days, a year and a
// month to look back. Until then a deletion is shown with its reason, and a catalog restored from a backup
// learns of it. A row from an older backup turns out to have no file, without a reason. Nothing is forgotten
// while deletion is on hold, and only little at a time. Engine's main thread.
#pragma once

#include "archive/archive.h"
#include "catalog/writer.h"
#include "ingest/retention/trusted_clock.h"

#include <QObject>
#include <QTimer>
#include <atomic>
#include <memory>

namespace gatehouse::ingest
{

class HistoryLimit : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 kKeptMs = qint64(400) * 86'400'000;

    HistoryLimit(catalog::Writer &writer, archive::Archive &archive, TrustedClock &clock,
                 QObject *parent = nullptr);
    ~HistoryLimit() override;

    // Initially on hold. Stops a running round soon.
    void setHeld(bool isHeld);
    // Runs now; otherwise some minutes after startup, and then daily.
    void look();

Q_SIGNALS:
    void looked(); // a round is over

private:
    void forgetDeletions(qint64 before);
    void askForJournal(qint64 before);
    void compactJournal(qint64 before, const QString &meta);
    void finish(const Result<void> &done);

    catalog::Writer &m_writer;
    archive::Archive &m_archive;
    TrustedClock &m_clock;
    QTimer m_next;
    // Shared with the archive's thread, which may still be working when this is destroyed.
    const std::shared_ptr<std::atomic_bool> m_isHeld = std::make_shared<std::atomic_bool>(true);
    bool m_isLooking = false;
};

} // namespace gatehouse::ingest
