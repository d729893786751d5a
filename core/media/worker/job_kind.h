// The kinds of jobs for media workers. To add one: a file with its JobKind (such as probe/poster_job.h), and
// a line in the table of job_kind.cpp. Any thread.
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <functional>

namespace gatehouse::media
{

struct JobInput {
    QString file;
    QString output;                            // a file that the job may write
    qint64 length = 0;                         // of a bare stream, microseconds (see ClipFile); 0: unknown
    QStringList hardware = {};                 // video encoders that it may try (see HardwareEncoder)
    std::function<void(double)> progress = {}; // 0 to 1; may be empty
};

struct JobKind {
    const char *name; // in the protocol and in the log
    int priority;     // higher first; no two are equal
    bool isLong;      // one worker always stays free of these
    // In a worker process. Its result comes from hostile bytes.
    QJsonObject (*run)(const JobInput &input);
};

// Null: unknown kind.
const JobKind *findJobKind(const QString &name);

} // namespace gatehouse::media
