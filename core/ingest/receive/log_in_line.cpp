#include "ingest/receive/log_in_line.h"

#include <algorithm>

namespace gatehouse::ingest
{

namespace
{
constexpr size_t kShortLine = 512;

bool isUnwanted(const std::function<bool()> &isWanted)
{
    return isWanted && !isWanted();
}
} // namespace

void LogInLine::add(const QByteArray &address, Job job, Wanted isWanted)
{
    if (m_waiting.size() >= m_dropAt)
        dropUnwanted();
    Address &own = m_addresses[address];
    own.round = own.waiting == 0 ? m_round : own.round + 1;
    ++own.waiting;
    m_waiting.emplace(std::pair(own.round, m_arrivals++),
                      Waiting{address, std::move(job), std::move(isWanted)});
}

// Only when the queue has doubled, so that the cost per entry stays low.
void LogInLine::dropUnwanted()
{
    for (auto one = m_waiting.begin(); one != m_waiting.end();)
        one = isUnwanted(one->second.isWanted) ? leave(one) : std::next(one);
    m_dropAt = std::max(kShortLine, 2 * m_waiting.size());
}

LogInLine::Line::iterator LogInLine::leave(Line::iterator one)
{
    const auto own = m_addresses.find(one->second.address);
    if (--own->waiting == 0)
        m_addresses.erase(own);
    return m_waiting.erase(one);
}

LogInLine::Job LogInLine::takeNext()
{
    while (!m_waiting.empty()) {
        const auto next = m_waiting.begin();
        m_round = next->first.first;
        const bool isSkipped = isUnwanted(next->second.isWanted);
        Job job = std::move(next->second.job);
        leave(next);
        if (!isSkipped)
            return job;
    }
    return {};
}

} // namespace gatehouse::ingest
