// A clock that advances with the wall: what an engine keeps by itself, and what several can share.
// The player's thread.
#pragma once

#include "media/playback/playback_clock.h"

#include <QElapsedTimer>

namespace gatehouse::media
{

class PlayerClock final : public PlaybackClock
{
public:
    using PlaybackClock::PlaybackClock;

    [[nodiscard]] qint64 position() const override
    {
        if (!m_running)
            return m_anchor;
        return m_anchor + qint64(double(m_wall.nsecsElapsed()) / 1000.0 * m_rate);
    }
    [[nodiscard]] double rate() const override { return m_rate; }
    [[nodiscard]] bool isRunning() const override { return m_running; }

    void set(qint64 position)
    {
        anchor(position);
        Q_EMIT moved();
    }
    void setRate(double rate)
    {
        if (m_rate == rate)
            return;
        anchor(position());
        m_rate = rate;
        Q_EMIT rateChanged(rate);
    }
    void run(bool on)
    {
        if (m_running == on)
            return;
        anchor(position());
        m_running = on;
        Q_EMIT runningChanged(on);
    }

private:
    void anchor(qint64 position)
    {
        m_anchor = position;
        m_wall.start();
    }

    QElapsedTimer m_wall;
    qint64 m_anchor = 0;
    double m_rate = 1.0;
    bool m_running = false;
};

} // namespace gatehouse::media
