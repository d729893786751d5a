// The player's running time: stands still, or advances with the wall at a rate. Microseconds.
// The player's thread.
#pragma once

#include <QElapsedTimer>

namespace gatehouse::media
{

class PlayerClock
{
public:
    [[nodiscard]] qint64 now() const
    {
        if (!m_running)
            return m_anchor;
        return m_anchor + qint64(double(m_wall.nsecsElapsed()) / 1000.0 * m_rate);
    }
    void set(qint64 time)
    {
        m_anchor = time;
        m_wall.start();
    }
    void setRate(double rate)
    {
        set(now());
        m_rate = rate;
    }
    void run(bool on)
    {
        set(now());
        m_running = on;
    }
    [[nodiscard]] double rate() const { return m_rate; }
    [[nodiscard]] bool isRunning() const { return m_running; }

private:
    QElapsedTimer m_wall;
    qint64 m_anchor = 0;
    double m_rate = 1.0;
    bool m_running = false;
};

} // namespace gatehouse::media
