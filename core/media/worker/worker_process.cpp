#include "media/worker/worker_process.h"

#include "media/worker/process_state.h"

#include <QFile>
#include <algorithm>
#include <csignal>

namespace gatehouse::media
{

namespace
{
constexpr int kNotReadyCode = 2;    // of runWorker
constexpr int kWornOutAfter = 1000; // files: a fresh process gets rid of leaks in libraries
constexpr qint64 kLookAgainMs = 200;
constexpr int kMaxReports = 1000; // of progress: each per cent once
} // namespace

WorkerProcess::WorkerProcess(const WorkerOptions &options, QObject *parent)
    : QObject(parent), m_options(options)
{
    m_wallTimer.setSingleShot(true);
    m_idleTimer.setSingleShot(true);
    connect(&m_wallTimer, &QTimer::timeout, this, &WorkerProcess::onWallTime);
    connect(&m_idleTimer, &QTimer::timeout, this, [this] { end(WorkerEnd::Idle); });
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &WorkerProcess::readAnswers);
    connect(&m_process, &QProcess::finished, this, &WorkerProcess::onFinished);
    connect(&m_process, &QProcess::errorOccurred, this, &WorkerProcess::onError);
    m_process.setStandardErrorFile(QProcess::nullDevice());
    m_process.start(m_options.program, m_options.arguments);
}

WorkerProcess::~WorkerProcess()
{
    m_process.disconnect(this);
    if (m_process.state() != QProcess::NotRunning) {
        m_process.kill();
        m_process.waitForFinished(2000);
    }
}

void WorkerProcess::give(const WorkerRequest &request)
{
    m_idleTimer.stop();
    m_number = request.number;
    ++m_given;
    m_reports = 0;
    restartWallTime();
    m_process.write(request.toLine());
}

void WorkerProcess::restartWallTime()
{
    m_wallTimer.start(m_options.limits.wallMs);
    m_sinceGiven.start();
    m_waitedBefore = waitedForProcessor();
}

void WorkerProcess::readAnswers()
{
    while (!m_isEnded && m_process.canReadLine()) {
        const QByteArray line = m_process.readLine(kMaxMessageBytes);
        const auto answer = WorkerAnswer::fromLine(line);
        const bool isFlood = answer && answer->progress && ++m_reports > kMaxReports;
        if (!answer || answer->number != m_number || m_number == 0 || isFlood) {
            end(WorkerEnd::Crashed); // it misbehaves
            return;
        }
        if (answer->progress) {
            restartWallTime();
            Q_EMIT progressed(m_number, *answer->progress);
            continue;
        }
        m_wallTimer.stop();
        m_number = 0;
        Q_EMIT answered(*answer);
        if (m_isEnded || isBusy())
            continue;
        if (m_given >= kWornOutAfter)
            end(WorkerEnd::Idle);
        else
            m_idleTimer.start(m_options.idleMs);
    }
    if (m_process.bytesAvailable() > kMaxMessageBytes)
        end(WorkerEnd::Crashed);
}

// Workers have the lowest priority: while other work uses all CPUs, an intact file would seem to hang. The
// CPU time limit stops one that runs.
void WorkerProcess::onWallTime()
{
    const qint64 own = m_sinceGiven.elapsed() - (waitedForProcessor() - m_waitedBefore);
    if (own < m_options.limits.wallMs || isAnyThreadRunnable(pid_t(m_process.processId())))
        m_wallTimer.start(int(std::max(m_options.limits.wallMs - own, kLookAgainMs)));
    else
        end(WorkerEnd::TooLong);
}

qint64 WorkerProcess::waitedForProcessor() const
{
    // "<ns on a CPU> <ns waiting for one> <slices>"
    QFile file(QStringLiteral("/proc/%1/schedstat").arg(m_process.processId()));
    const QByteArray procFile = file.open(QIODevice::ReadOnly) ? file.readLine(1024) : QByteArray();
    return procFile.split(' ').value(1).toLongLong() / 1'000'000;
}

void WorkerProcess::onFinished(int exitCode, QProcess::ExitStatus status)
{
    if (m_isEnded) {
        deleteLater();
        return;
    }
    readAnswers();
    if (status == QProcess::NormalExit)
        end(exitCode == kNotReadyCode ? WorkerEnd::NotReady : WorkerEnd::Crashed);
    else
        end(exitCode == SIGXCPU ? WorkerEnd::TooLong : WorkerEnd::Crashed);
}

void WorkerProcess::onError(QProcess::ProcessError error)
{
    if (error == QProcess::FailedToStart)
        end(WorkerEnd::NotReady);
}

void WorkerProcess::end(WorkerEnd how)
{
    if (m_isEnded)
        return;
    m_isEnded = true;
    m_wallTimer.stop();
    m_idleTimer.stop();
    if (m_process.state() == QProcess::NotRunning)
        deleteLater();
    else
        m_process.kill(); // deleted once it has exited
    Q_EMIT ended(std::exchange(m_number, 0), how);
}

} // namespace gatehouse::media
