// Reads something anew when told that it changed: at once, then at most once per interval, and never
// twice at the same time, so that a burst of uploads costs a few questions and not thousands.
// GUI thread.
#pragma once

#include <QObject>
#include <QTimer>
#include <functional>

namespace gatehouse::models
{

class RefreshThrottle : public QObject
{
    Q_OBJECT

public:
    // read() starts one reading; its end is told with finished().
    RefreshThrottle(int intervalMs, std::function<void()> read, QObject *parent);

    void request();
    void finished();

private:
    void start();

    std::function<void()> m_read;
    QTimer m_pause;
    bool m_reading = false;
    bool m_again = false;
};

} // namespace gatehouse::models
