// What the pool and its workers say to each other: one JSON object per line. The pool trusts no line:
// a worker may have been taken over by the file it reads. Any thread.
#pragma once

#include "media/probe/examination.h"

#include <QByteArray>
#include <optional>

namespace gatehouse::media
{

constexpr qsizetype kMaxMessageBytes = 64 << 10;

struct WorkerRequest {
    qint64 number = 0; // of this request, repeated in its answer
    QString file;
    QString poster;
    Depth depth = Depth::Quick;

    [[nodiscard]] QByteArray toLine() const;
    static std::optional<WorkerRequest> fromLine(const QByteArray &line);
};

struct WorkerAnswer {
    qint64 number = 0;
    Examination found;

    [[nodiscard]] QByteArray toLine() const;
    static std::optional<WorkerAnswer> fromLine(const QByteArray &line);
};

} // namespace gatehouse::media
