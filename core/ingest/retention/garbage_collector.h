// Carries out what the catalog has given up: garbage row -> unlink -> sync of the folder -> garbage row
// gone. Idempotent: what a crash interrupted is found again at the next start. Engine's main thread.
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

    // Asks for what is pending and removes it; calls during a round are answered by one more round.
    void collect();
    [[nodiscard]] bool isRunning() const { return m_running; }
    // Why files of the last round could not be removed: a sentence; empty: all went.
    [[nodiscard]] const QString &trouble() const { return m_trouble; }
    // Many, and none of them could be.
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
