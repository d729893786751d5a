#include "media/worker/worker_pool.h"

#include "media/picture/heif_decoder.h"
#include "media/worker/job_kind.h"
#include "media/worker/worker_messages.h"
#include "media/worker/worker_sandbox.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <cerrno>
#include <malloc.h>
#include <unistd.h>

namespace gatehouse::media
{

namespace
{

bool writeAll(const QByteArray &bytes)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t written = ::write(STDOUT_FILENO, bytes.constData() + done, size_t(bytes.size() - done));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        done += written;
    }
    return true;
}

// The next line of stdin; empty at its end. `rest` keeps the bytes after the line.
QByteArray readLine(QByteArray &rest)
{
    for (;;) {
        if (const qsizetype end = rest.indexOf('\n'); end >= 0) {
            const QByteArray line = rest.first(end + 1);
            rest.remove(0, end + 1);
            return line;
        }
        if (rest.size() > kMaxMessageBytes)
            return {};
        char buffer[4096];
        const ssize_t got = ::read(STDIN_FILENO, buffer, sizeof(buffer));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return {};
        rest.append(buffer, got);
    }
}

// Reports each per cent once.
std::function<void(double)> reporterOf(qint64 number)
{
    return [number, last = 0](double progress) mutable {
        const int percent = int(progress * 100);
        if (percent <= last || percent >= 100)
            return;
        last = percent;
        (void)writeAll(WorkerAnswer{.number = number, .result = {}, .progress = percent / 100.0}.toLine());
    };
}

WorkerAnswer answerTo(const WorkerRequest &request)
{
    const JobKind *kind = findJobKind(request.kind);
    if (kind == nullptr)
        return {request.number, {}, QStringLiteral("unknown kind of job: %1").arg(request.kind)};
    const JobInput input{request.file, request.output, request.length, request.hardware,
                         reporterOf(request.number)};
    return {request.number, kind->run(input)};
}

} // namespace

int runWorker(const WorkerLimits &limits)
{
    // Initializes code that opens files, before the sandbox closes.
    QCoreApplication::translate("media", "");
    // One arena per decoder thread would use up the address space that frames need.
    ::mallopt(M_ARENA_MAX, 2);
    prepareHeif();
    if (!closeDoors(limits))
        return 2;
    QByteArray rest;
    for (;;) {
        const QByteArray line = readLine(rest);
        if (line.isEmpty())
            return 0;
        const auto request = WorkerRequest::fromLine(line);
        if (!request)
            return 3; // only the pool writes here: this process is broken
        armCpuLimit(limits.cpuSeconds);
        if (!writeAll(answerTo(*request).toLine()))
            return 0; // the engine is gone
    }
}

} // namespace gatehouse::media
