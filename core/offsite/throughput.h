// Bytes per second over the last seconds. Times are ms of a clock that never goes back. One thread.
#pragma once

#include <QtGlobal>
#include <deque>
#include <utility>

namespace gatehouse::offsite
{

class Throughput
{
public:
    static constexpr qint64 kWindow = 20'000; // ms

    void add(qint64 bytes, qint64 now)
    {
        m_confirmed.emplace_back(now, bytes);
        drop(now);
    }
    [[nodiscard]] qint64 perSecond(qint64 now)
    {
        drop(now);
        qint64 sum = 0;
        for (const auto &[at, bytes] : m_confirmed)
            sum += bytes;
        return sum * 1000 / kWindow;
    }

private:
    void drop(qint64 now)
    {
        while (!m_confirmed.empty() && m_confirmed.front().first <= now - kWindow)
            m_confirmed.pop_front();
    }

    std::deque<std::pair<qint64, qint64>> m_confirmed; // when, bytes
};

} // namespace gatehouse::offsite
