// The power supply of a machine under test: fakes of its disk ask before each modifying step, and after the
// last granted step nothing changes any more. Share it between fakes that must be counted together. Any
// thread.
#pragma once

#include <QtGlobal>
#include <atomic>
#include <limits>

namespace gatehouse::tests
{

class Power
{
public:
    // The power fails after `steps` more steps.
    void cutAfter(qint64 steps) { m_cutAt = m_steps + steps; }
    // True: the step may be done. Counts granted steps only.
    bool step()
    {
        qint64 done = m_steps;
        while (done < m_cutAt) {
            if (m_steps.compare_exchange_weak(done, done + 1))
                return true;
        }
        return false;
    }
    [[nodiscard]] bool isCut() const { return m_steps >= m_cutAt; }
    [[nodiscard]] qint64 steps() const { return m_steps; }

private:
    std::atomic<qint64> m_steps = 0;
    std::atomic<qint64> m_cutAt = std::numeric_limits<qint64>::max();
};

} // namespace gatehouse::tests
