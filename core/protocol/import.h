// Importing an old folder tree. Values: any thread.
#pragma once

#include "protocol/codec.h"

namespace gatehouse::protocol
{

// Replied once it has started; ImportProgress reports the progress.
struct StartImport {
    QString folder;      // absolute
    bool isMove = false; // removes source files once they are stored
    QString user = {};   // owner of the files; empty: a login just for imports

    static constexpr QLatin1String kName{"import.start"};
    using Reply = Nothing;
    static constexpr auto fields()
    {
        return std::tuple{field("folder", &StartImport::folder), field("move", &StartImport::isMove),
                          field("user", &StartImport::user).orDefault()};
    }
};

struct StopImport {
    static constexpr QLatin1String kName{"import.stop"};
    using Reply = Nothing;
    static constexpr auto fields() { return std::tuple{}; }
};

// --- notifications

struct ImportProgress {
    qint64 total = 0; // files found so far
    qint64 done = 0;  // of those, examined
    qint64 added = 0;
    qint64 known = 0;  // already stored
    qint64 passed = 0; // nothing to store
    qint64 failed = 0;
    qint64 bytes = 0; // of added files
    QString error;    // the last one
    bool isFinished = false;
    bool isStopped = false; // by StopImport

    static constexpr QLatin1String kName{"import"};
    static constexpr auto fields()
    {
        return std::tuple{
            field("total", &ImportProgress::total),         field("done", &ImportProgress::done),
            field("added", &ImportProgress::added),         field("known", &ImportProgress::known),
            field("passed", &ImportProgress::passed),       field("failed", &ImportProgress::failed),
            field("bytes", &ImportProgress::bytes),         field("error", &ImportProgress::error),
            field("finished", &ImportProgress::isFinished), field("stopped", &ImportProgress::isStopped)};
    }
};

} // namespace gatehouse::protocol
