#include "secrets/glib_pump.h"

#include <QAbstractEventDispatcher>
#include <glib.h>

namespace gatehouse::secrets
{

namespace
{

// It runs the context itself; from within a timer, that would be a nested loop.
bool isLoopOfGlib()
{
    const QAbstractEventDispatcher *loop = QAbstractEventDispatcher::instance();
    return loop && loop->inherits("QEventDispatcherGlib");
}

} // namespace

GlibPump::GlibPump()
{
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [] {
        constexpr int kMost = 100; // what never rests must not keep the engine from its work
        for (int i = 0; i < kMost && g_main_context_iteration(nullptr, FALSE); ++i) {
        }
    });
}

void GlibPump::setInterval(int ms)
{
    if (ms == 0 || isLoopOfGlib())
        m_timer.stop();
    else
        m_timer.start(ms);
}

} // namespace gatehouse::secrets
