// The kinds of jobs for media workers. To add one: a file with its JobKind (such as probe/poster_job.h), and
// a line in the table of job_kind.cpp. Any thread.
#pragma once

#include <QJsonObject>
#include <QString>

namespace gatehouse::media
{

struct JobKind {
    const char *name; // in the protocol and in the log
    int priority;     // higher first; no two are equal
    bool isLong;      // one worker always stays free of these
    // In a worker process: reads `file`, may write `output`. Its result comes from hostile bytes.
    QJsonObject (*run)(const QString &file, const QString &output);
};

// Null: unknown kind.
const JobKind *findJobKind(const QString &name);

} // namespace gatehouse::media
