// Durations in milliseconds, and how long a test waits for what must happen. Any thread.
#pragma once

#include <QtGlobal>

namespace gatehouse::tests
{

inline constexpr qint64 kMinuteMs = 60'000;
inline constexpr qint64 kHourMs = 60 * kMinuteMs;
inline constexpr qint64 kDayMs = 24 * kHourMs;

// ms; only a failing test waits this long, so a busy machine may take its time.
inline constexpr int kPatience = 60'000;
// ms, for what a worker does: it runs at the lowest priority, and others may keep the machine busy.
inline constexpr int kWorkerPatience = 300'000;

} // namespace gatehouse::tests
