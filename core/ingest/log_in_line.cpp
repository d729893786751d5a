#include "ingest/log_in_line.h"

namespace gatehouse::ingest
{

void LogInLine::add(const QByteArray &address, Job job)
{
    Address &own = m_addresses[address];
    own.round = own.waiting == 0 ? m_round : own.round + 1;
    ++own.waiting;
    m_waiting.emplace(std::pair(own.round, m_arrivals++), Waiting{address, std::move(job)});
}

LogInLine::Job LogInLine::takeNext()
{
    const auto next = m_waiting.begin();
    m_round = next->first.first;
    const auto own = m_addresses.find(next->second.address);
    if (--own->waiting == 0)
        m_addresses.erase(own);
    Job job = std::move(next->second.job);
    m_waiting.erase(next);
    return job;
}

} // namespace gatehouse::ingest
