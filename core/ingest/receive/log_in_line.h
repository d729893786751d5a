// Decides whose password is hashed next: addresses take turns, however many requests wait from each, so that
// a flood of guesses delays another camera's login by one guess per address, not by all of them. Skips
// sessions that have ended, so that they do not pile up. One thread.
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
    using Wanted = std::function<bool()>; // false: the job is dropped, and the callback not called again

    // isWanted must not add to the queue; none: always wanted.
    void add(const QByteArray &address, Job job, Wanted isWanted = {});
    [[nodiscard]] bool isEmpty() const { return m_waiting.empty(); }
    [[nodiscard]] qsizetype size() const { return qsizetype(m_waiting.size()); }
    Job takeNext(); // null: the queue is empty

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
        quint64 round = 0; // of its latest request
        int waiting = 0;
    };
    quint64 m_round = 0; // being served
    quint64 m_arrivals = 0;
    QHash<QByteArray, Address> m_addresses; // with waiting requests
    Line m_waiting;
    size_t m_dropAt = 0; // queue length at which unwanted entries are searched for
};

} // namespace gatehouse::ingest
