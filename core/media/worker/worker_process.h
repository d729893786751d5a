// One child of the pool: gives it a request at a time, holds its answer against it, ends it when it
// hangs, talks nonsense or has nothing to do. What it waits for a processor, on a busy PC, is no hang.
// Lives on one thread with an event loop.
#pragma once

#include "media/worker/worker_messages.h"
#include "media/worker/worker_pool.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTimer>

namespace gatehouse::media
{

enum class WorkerEnd {
    Idle,     // nothing to do, or worn out
    NotReady, // could not be started or could not take its limits: no fault of any file
    Crashed,  // on the file it was reading
    TooLong,  // by CPU or wall time
};

class WorkerProcess : public QObject
{
    Q_OBJECT

public:
    WorkerProcess(const WorkerOptions &options, QObject *parent);
    ~WorkerProcess() override;

    [[nodiscard]] bool isBusy() const { return m_number != 0; }
    void give(const WorkerRequest &request); // only when not busy

Q_SIGNALS:
    void answered(const gatehouse::media::WorkerAnswer &answer);
    // Number 0: it was not reading anything. Emitted once, last; the object deletes itself.
    void ended(qint64 number, gatehouse::media::WorkerEnd how);

private:
    void readAnswers();
    void onWallTime();
    [[nodiscard]] qint64 waitedForProcessor() const; // ms since it started, but for a wait under way
    void onFinished(int exitCode, QProcess::ExitStatus status);
    void onError(QProcess::ProcessError error);
    void end(WorkerEnd how);

    WorkerOptions m_options;
    QProcess m_process;
    QTimer m_wallTimer;
    QTimer m_idleTimer;
    QElapsedTimer m_sinceGiven;
    qint64 m_waitedBefore = 0; // for a processor, when the request was given
    qint64 m_number = 0;
    int m_given = 0;
    bool m_isEnded = false;
};

} // namespace gatehouse::media
