// What to do when window and engine are of different versions. Any thread.
#pragma once

#include <QString>

namespace gatehouse::control
{

struct Build {
    int protocol = 0;
    QString version; // such as 0.1.0; empty: unknown
};

struct VersionAdvice {
    QString text;              // empty: they are the same
    bool restartHelps = false; // of the engine; otherwise the window has to be opened again

    bool operator==(const VersionAdvice &) const = default;
};

VersionAdvice adviceOn(const Build &engine, const Build &window);

} // namespace gatehouse::control
