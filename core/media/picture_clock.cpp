#include "media/picture_clock.h"

namespace gatehouse::media
{

namespace
{
constexpr qint64 second = 1'000'000;
constexpr qint64 shortestStep = 1000; // an unknown rate shows as one tick of the time base
} // namespace

PictureClock::PictureClock(qint64 nominalStep)
    : m_nominalStep(nominalStep >= shortestStep && nominalStep <= 60 * second ? nominalStep : second / 25)
{
}

qint64 PictureClock::usualStep() const
{
    return m_steps > 0 ? m_stepSum / m_steps : m_nominalStep;
}

bool PictureClock::isJump(qint64 step) const
{
    if (step < 0 || step > 60 * second)
        return true;
    return step > 10 * second && m_steps > 0 && step > 20 * usualStep();
}

qint64 PictureClock::add(std::optional<qint64> time, qint64 shownFor)
{
    if (m_pictures++ > 0) {
        qint64 step = usualStep();
        if (time && m_last) {
            const qint64 real = *time - *m_last;
            if (!isJump(real)) {
                step = real;
                if (real > 0) {
                    m_stepSum += real;
                    ++m_steps;
                }
            }
        }
        m_position += step;
    }
    // Without a time the next real one is measured from where this picture was put.
    m_last = time ? time : (m_last ? std::optional(*m_last + usualStep()) : std::nullopt);
    m_lastShownFor = shownFor;
    return m_position;
}

qint64 PictureClock::length() const
{
    if (m_pictures == 0)
        return 0;
    const bool isPlausible = m_lastShownFor >= shortestStep && m_lastShownFor <= 10 * second;
    return m_position + (isPlausible ? m_lastShownFor : usualStep());
}

} // namespace gatehouse::media
