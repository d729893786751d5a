// Gives what is told of removed files an end: the journal and the list of deletions keep it for 400 days. A
// year, and a month to look back from: that long a removal is shown with its reason, and a catalog from a
// backup that is no older learns of it. A row of an older backup is found to have no file, without being told
// why. Nothing is forgotten while deletion is held, and never much at once. Engine's main thread.
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

    // At first it is. A run under way stops soon.
    void setHeld(bool isHeld);
    // Looks now; otherwise some minutes after the start, and then daily.
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
    // Shared with the archive's thread, which may be at work when this has gone.
    const std::shared_ptr<std::atomic_bool> m_isHeld = std::make_shared<std::atomic_bool>(true);
    bool m_isLooking = false;
};

} // namespace gatehouse::ingest
