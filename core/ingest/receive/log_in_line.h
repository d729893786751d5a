// Whose password is looked at next: addresses take turns, however many wait from one of them, so that a flood
// of guesses holds up another camera's log-in by one guess of each guesser and not by all of them. Those
// whose session has gone are passed over, and do not pile up. One thread.
#pragma once

#include <QByteArray>
#include <QHash>
#include <functional>
#include <map>

namespace gatehouse::ingest
{

class LogInLine
{
public:
    using Job = std::function<void()>;
    using Wanted = std::function<bool()>; // false: the job is dropped, and it is not asked again

    // isWanted may not add to the line; none: always.
    void add(const QByteArray &address, Job job, Wanted isWanted = {});
    [[nodiscard]] bool isEmpty() const { return m_waiting.empty(); }
    [[nodiscard]] qsizetype size() const { return qsizetype(m_waiting.size()); }
    Job takeNext(); // none: nobody waits

private:
    struct Waiting {
        QByteArray address;
        Job job;
        Wanted isWanted;
    };
    using Line = std::map<std::pair<quint64, quint64>, Waiting>; // by round and arrival
    void dropUnwanted();
    Line::iterator leave(Line::iterator one);

    struct Address {
        quint64 round = 0; // of the one that came last
        int waiting = 0;
    };
    quint64 m_round = 0; // that is served now
    quint64 m_arrivals = 0;
    QHash<QByteArray, Address> m_addresses; // that wait
    Line m_waiting;
    size_t m_dropAt = 0; // how long the line is when the unwanted are looked for
};

} // namespace gatehouse::ingest
