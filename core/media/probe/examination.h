// What becomes of one file in the worker process: found out by content, a poster written, the state put
// into words. Quick finishes stills and gives a clip its poster; Full checks a clip to its end.
// Runs only where a crash costs nothing but this file. One thread; blocks.
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

// `posterFile`: its folder exists; a poster that is there already is kept by Full.
Examination examineFile(const QString &file, const QString &posterFile, Depth depth);

} // namespace gatehouse::media
