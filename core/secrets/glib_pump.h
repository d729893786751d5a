// Runs GLib's main context from Qt's event loop while somebody waits for it: libsecret answers through it,
// and the engine's loop is not GLib's (QT_NO_GLIB). Does nothing where Qt's loop runs it anyway. Main thread.
#pragma once

#include <QTimer>

namespace gatehouse::secrets
{

class GlibPump
{
public:
    GlibPump();
    Q_DISABLE_COPY_MOVE(GlibPump)

    // Every so many ms; 0: no more.
    void setInterval(int ms);

private:
    QTimer m_timer;
};

} // namespace gatehouse::secrets
