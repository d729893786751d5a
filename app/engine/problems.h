// The engine's current problems, one entry per cause. The code that detects a problem sets it, and clears it
// when it is over; `changed` updates the status. Engine's main thread.
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

    // For an existing key, replaces the text and keeps `since`. An empty text clears it.
    void set(const QString &key, const QString &text);
    // With an action: a button in the window, a subcommand on the command line.
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
