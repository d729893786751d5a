// Examines one file in the worker process: probes the content, writes a poster, describes the state. Quick
// finishes stills and gives a clip its poster; Full checks a clip to its end.
// Runs only where a crash costs just this file. One thread; blocks.
#pragma once

#include "media/probe/probe.h"

namespace gatehouse::media
{

enum class Depth { Quick, Full };

struct Examination {
    ProbeResult result;
    bool isFinal = true; // false: a Full one is still to come

    [[nodiscard]] QJsonObject toJson() const;
    static Examination fromJson(const QJsonObject &json);
};

// `posterFile`: its folder exists; Full keeps an existing poster.
Examination examineFile(const QString &file, const QString &posterFile, Depth depth);

} // namespace gatehouse::media
