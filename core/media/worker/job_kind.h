// The kinds of jobs that media workers do. To add one: a file with its JobKind (such as probe/poster_job.h),
// and its line in the table of job_kind.cpp. Any thread.
#pragma once

#include <QJsonObject>
#include <QString>

namespace gatehouse::media
{

struct JobKind {
    const char *name; // in the protocol and in the log
    int priority;     // the higher comes first; no two are equal
    bool isLong;      // one worker always stays free for the others
    // In a worker process: reads `file`, may write `output`. What it answers comes from hostile bytes.
    QJsonObject (*run)(const QString &file, const QString &output);
};

// Null: this program knows no such kind.
const JobKind *findJobKind(const QString &name);

} // namespace gatehouse::media
