// Rereads something when notified of a change: at once, then at most once per interval, never concurrently,
// so that a burst of uploads costs a few queries instead of thousands.
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
    // read() starts a read; call finished() at its end.
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
