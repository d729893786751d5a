// Wall-clock time and elapsed time, passed in so that tests can set them. Never global.
// now(): UTC milliseconds since 1970; may jump when the PC's clock is set. elapsed(): ms since boot,
// including time asleep; never goes backwards.
// Thread-safe.
#pragma once

#include <QtGlobal>

namespace gatehouse
{

class Clock
{
public:
    Clock() = default;
    Q_DISABLE_COPY_MOVE(Clock)
    virtual ~Clock() = default;
    [[nodiscard]] virtual qint64 now() const = 0;
    [[nodiscard]] virtual qint64 elapsed() const = 0;
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] qint64 now() const override;
    [[nodiscard]] qint64 elapsed() const override;
};

} // namespace gatehouse
