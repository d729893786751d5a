#include "media/demux/frame_clock.h"

namespace gatehouse::media
{

FrameClock::FrameClock(qint64 nominalStep) : m_steps(nominalStep) {}

qint64 FrameClock::add(std::optional<qint64> time, qint64 shownFor)
{
    const qint64 usual = m_steps.usual();
    if (m_pictures++ > 0) {
        qint64 step = usual;
        if (time && m_last && !m_steps.isJump(*time - *m_last)) {
            step = *time - *m_last;
            m_steps.add(step);
        }
        m_position += step;
    }
    // Without a time, the next real one is measured from where this frame was placed.
    m_last = time ? time : (m_last ? std::optional(*m_last + usual) : std::nullopt);
    m_lastShownFor = shownFor;
    return m_position;
}

qint64 FrameClock::length() const
{
    constexpr qint64 minShown = 1'000;
    constexpr qint64 maxShown = 10'000'000;
    if (m_pictures == 0)
        return 0;
    const bool isPlausible = m_lastShownFor >= minShown && m_lastShownFor <= maxShown;
    return m_position + (isPlausible ? m_lastShownFor : m_steps.usual());
}

} // namespace gatehouse::media
