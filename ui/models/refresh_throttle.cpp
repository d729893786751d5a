#include "models/refresh_throttle.h"

namespace gatehouse::models
{

RefreshThrottle::RefreshThrottle(int intervalMs, std::function<void()> read, QObject *parent)
    : QObject(parent), m_read(std::move(read))
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(intervalMs);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        if (m_again && !m_reading)
            start();
    });
}

void RefreshThrottle::request()
{
    if (m_reading || m_pause.isActive())
        m_again = true;
    else
        start();
}

void RefreshThrottle::finished()
{
    m_reading = false;
    if (m_again && !m_pause.isActive())
        start();
}

void RefreshThrottle::start()
{
    m_again = false;
    m_reading = true;
    m_pause.start();
    m_read();
}

} // namespace gatehouse::models
