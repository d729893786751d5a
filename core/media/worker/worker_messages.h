// The messages between the pool and its workers: one JSON object per line. The pool trusts no line: a crafted
// file may have taken over the worker. Any thread.
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <optional>

namespace gatehouse::media
{

constexpr qsizetype kMaxMessageBytes = 64 << 10;

struct WorkerRequest {
    qint64 number = 0; // of this request, repeated in its reply
    QString kind;      // JobKind::name
    QString file;
    QString output;
    qint64 length = 0;         // see JobInput
    QStringList hardware = {}; // see JobInput

    [[nodiscard]] QByteArray toLine() const;
    static std::optional<WorkerRequest> fromLine(const QByteArray &line);
};

struct WorkerAnswer {
    qint64 number = 0;
    QJsonObject result;
    QString error = {};                  // instead of a result: why the worker cannot run such a job
    std::optional<double> progress = {}; // instead of a result: 0 to 1, it is still at work

    [[nodiscard]] QByteArray toLine() const;
    static std::optional<WorkerAnswer> fromLine(const QByteArray &line);
};

} // namespace gatehouse::media
