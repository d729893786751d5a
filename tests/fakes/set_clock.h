// A clock set by the test.
#pragma once

#include "base/clock.h"

#include <atomic>

namespace gatehouse::tests
{

class SetClock final : public Clock
{
public:
    explicit SetClock(qint64 now) : m_now(now) {}
    void set(qint64 now) { m_now = now; }
    void advance(qint64 ms) { m_now += ms; }
    // Sets the wall clock without letting time pass.
    void jump(qint64 ms) { m_jumped += ms; }
    [[nodiscard]] qint64 now() const override { return m_now + m_jumped; }
    [[nodiscard]] qint64 elapsed() const override { return m_now; }

private:
    std::atomic<qint64> m_now;
    std::atomic<qint64> m_jumped = 0;
};

} // namespace gatehouse::tests
