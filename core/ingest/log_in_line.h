// Whose password is looked at next: addresses take turns, however many wait from one of them, so that a flood
// of guesses holds up another camera's log-in by one guess of each guesser and not by all of them. One
// thread.
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

    void add(const QByteArray &address, Job job);
    [[nodiscard]] bool isEmpty() const { return m_waiting.empty(); }
    Job takeNext(); // not when empty

private:
    struct Waiting {
        QByteArray address;
        Job job;
    };
    struct Address {
        quint64 round = 0; // of the one that came last
        int waiting = 0;
    };
    quint64 m_round = 0; // that is served now
    quint64 m_arrivals = 0;
    QHash<QByteArray, Address> m_addresses;                   // that wait
    std::map<std::pair<quint64, quint64>, Waiting> m_waiting; // by round and arrival
};

} // namespace gatehouse::ingest
