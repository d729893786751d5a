// How long to wait after failures: exponential with jitter, so that many cameras' files do not return at the
// same moment, and a circuit breaker that lets one request find out whether the server is back.
// Times are ms of any clock that never goes back, passed in. One thread.
#pragma once

#include <QRandomGenerator>
#include <QtGlobal>

namespace gatehouse::offsite
{

class BackOff
{
public:
    BackOff(qint64 first, qint64 longest, quint32 seed) : m_first(first), m_longest(longest), m_random(seed)
    {
    }

    // After so many failures in a row, from 1: doubled each time, up to the longest, less up to a half.
    qint64 wait(int failures);

private:
    qint64 m_first;
    qint64 m_longest;
    QRandomGenerator m_random;
};

class CircuitBreaker
{
public:
    static constexpr int kThreshold = 3; // failures in a row that open it
    static constexpr qint64 kFirst = 2'000;
    static constexpr qint64 kLongest = 5 * 60'000;

    explicit CircuitBreaker(quint32 seed) : m_backOff(kFirst, kLongest, seed) {}

    // Closed: everything may go. Open: nothing until its time has come, then one at a time.
    [[nodiscard]] bool isClosed() const { return !m_isOpen; }
    [[nodiscard]] bool allows(qint64 now) const { return !m_isOpen || (!m_isProbing && now >= m_until); }
    // When the next one may go; 0: now, or once the one that probes has ended.
    [[nodiscard]] qint64 until() const { return m_isOpen && !m_isProbing ? m_until : 0; }

    void started();
    void succeeded();
    // retryAfter: ms that the server asks for; 0: it asks for nothing.
    void failed(qint64 now, qint64 retryAfter = 0);
    // Only a person can help: opens at once, and for long.
    void halted(qint64 now);
    // Ended without telling anything about the server.
    void gaveUp() { m_isProbing = false; }
    void reset();

private:
    BackOff m_backOff;
    int m_failures = 0; // in a row
    qint64 m_until = 0;
    bool m_isOpen = false;
    bool m_isProbing = false;
};

} // namespace gatehouse::offsite
