// What is wrong with the engine now, one entry per cause. Whoever notices a problem sets it and clears it
// when it is over; `changed` tells the status. Engine's main thread.
#pragma once

#include "base/clock.h"
#include "protocol/engine.h"

#include <QObject>

namespace gatehouse::app
{

class Problems : public QObject
{
    Q_OBJECT

public:
    explicit Problems(const Clock &clock, QObject *parent = nullptr);

    // The same key again: the new text takes its place and `since` stays. An empty text clears it.
    void set(const QString &key, const QString &text);
    // With something to do about it: a button in the window, a subcommand on the command line.
    void set(protocol::Problem problem);
    void clear(const QString &key);
    [[nodiscard]] const QVector<protocol::Problem> &all() const { return m_problems; } // oldest first

Q_SIGNALS:
    void changed();

private:
    const Clock &m_clock;
    QVector<protocol::Problem> m_problems;
};

} // namespace gatehouse::app
