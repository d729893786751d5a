// Deletes the files of deleted rows: garbage row -> unlink -> sync of the folder -> garbage row gone.
// Idempotent: the next start resumes what a crash interrupted. Engine's main thread.
#pragma once

#include "archive/archive.h"
#include "catalog/types/garbage.h"
#include "catalog/writer.h"

#include <QObject>

namespace gatehouse::ingest
{

class GarbageCollector : public QObject
{
    Q_OBJECT

public:
    GarbageCollector(catalog::Writer &writer, archive::Archive &archive, QObject *parent = nullptr);

    // Queries pending garbage and removes it; calls during a round cause one more round.
    void collect();
    [[nodiscard]] bool isRunning() const { return m_running; }
    // Why files of the last round could not be deleted: a sentence; empty: all were.
    [[nodiscard]] const QString &trouble() const { return m_trouble; }
    // Many files, and none could be deleted.
    [[nodiscard]] bool isStuck() const { return m_isStuck; }

Q_SIGNALS:
    void collected(); // a round is over

private:
    void remove(const QVector<catalog::Garbage> &pending);
    void finishRound();

    catalog::Writer &m_writer;
    archive::Archive &m_archive;
    QString m_trouble;
    bool m_isStuck = false;
    bool m_running = false;
    bool m_again = false;
};

} // namespace gatehouse::ingest
