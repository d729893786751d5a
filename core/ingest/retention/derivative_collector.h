// Deletes the derivatives of removed items from the cache folder: row unwanted -> unlink -> row gone, some
// hundred at a time. Idempotent: the next start resumes what a crash interrupted. Engine's main thread;
// unlinks on a thread of its own.
#pragma once

#include "catalog/types/derivative.h"
#include "catalog/writer.h"

#include <QObject>
#include <QThreadPool>

namespace gatehouse::ingest
{

class DerivativeCollector : public QObject
{
    Q_OBJECT

public:
    DerivativeCollector(catalog::Writer &writer, QString cacheFolder, QObject *parent = nullptr);
    ~DerivativeCollector() override; // waits for the files being deleted

    // Calls during a round cause one more.
    void collect();

Q_SIGNALS:
    void collected(); // a round is over

private:
    void readOn(const catalog::Derivative &after);
    void remove(const QVector<catalog::Derivative> &unwanted);
    void forget(const QVector<catalog::Derivative> &gone, const catalog::Derivative &last);
    void finishRound();

    catalog::Writer &m_writer;
    QString m_cacheFolder;
    bool m_isRunning = false;
    bool m_isWantedAgain = false;
    QThreadPool m_thread;
};

} // namespace gatehouse::ingest
