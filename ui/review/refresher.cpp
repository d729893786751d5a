#include "review/refresher.h"

namespace gatehouse::review
{

Refresher::Refresher(int intervalMs, std::function<void()> read, QObject *parent)
    : QObject(parent), m_read(std::move(read))
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(intervalMs);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        if (m_again && !m_reading)
            start();
    });
}

void Refresher::request()
{
    if (m_reading || m_pause.isActive())
        m_again = true;
    else
        start();
}

void Refresher::finished()
{
    m_reading = false;
    if (m_again && !m_pause.isActive())
        start();
}

void Refresher::start()
{
    m_again = false;
    m_reading = true;
    m_pause.start();
    m_read();
}

} // namespace gatehouse::review
