// One child of the pool: gives it one request at a time, checks its reply, and kills it if it hangs, sends
// garbage or has nothing to do. Waiting for a CPU, on a busy PC, does not count as hanging. Lives on one
// thread with an event loop.
#pragma once

#include "media/worker/worker_messages.h"
#include "media/worker/worker_pool.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTimer>

namespace gatehouse::media
{

enum class WorkerEnd {
    Idle,     // nothing to do, or used up
    NotReady, // could not be started or could not set its limits: not the fault of any file
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
    void progressed(qint64 number, double progress);
    // Number 0: it was reading nothing. Emitted once, last; the object deletes itself.
    void ended(qint64 number, gatehouse::media::WorkerEnd how);

private:
    void restartWallTime();
    void readAnswers();
    void onWallTime();
    [[nodiscard]] qint64 waitedForProcessor() const; // ms since it started, excluding a wait in progress
    void onFinished(int exitCode, QProcess::ExitStatus status);
    void onError(QProcess::ProcessError error);
    void end(WorkerEnd how);

    WorkerOptions m_options;
    QProcess m_process;
    QTimer m_wallTimer;
    QTimer m_idleTimer;
    QElapsedTimer m_sinceGiven; // or since the last report of progress
    qint64 m_waitedBefore = 0;  // for a CPU, when the request was given
    qint64 m_number = 0;
    int m_given = 0;
    int m_reports = 0; // of progress, on this request
    bool m_isEnded = false;
};

} // namespace gatehouse::media
