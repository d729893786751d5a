#include "app/signals.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <array>
#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

namespace gatehouse::app
{

namespace
{

// A signal handler may do almost nothing: it writes one byte, and the event loop does the rest.
std::array<int, 2> g_wakeUp{-1, -1};

void wakeUp(int)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(g_wakeUp[0], &byte, 1);
}

} // namespace

void quitOnSignals(QCoreApplication &application)
{
    // Not quit(): that asks the windows first, and a window that hides to the tray refuses.
    onSignals(application, [] { QCoreApplication::exit(0); });
}

void onSignals(QCoreApplication &application, std::function<void()> action)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, g_wakeUp.data()) != 0)
        return;
    auto *notifier = new QSocketNotifier(g_wakeUp[1], QSocketNotifier::Read, &application);
    QObject::connect(notifier, &QSocketNotifier::activated, &application,
                     [notifier, action = std::move(action)] {
                         char byte = 0;
                         [[maybe_unused]] const auto got = ::read(int(notifier->socket()), &byte, 1);
                         action();
                     });
    struct sigaction handling {
    };
    handling.sa_handler = wakeUp;
    sigemptyset(&handling.sa_mask);
    handling.sa_flags = SA_RESTART;
    for (const int number : {SIGINT, SIGTERM, SIGHUP})
        ::sigaction(number, &handling, nullptr);
}

} // namespace gatehouse::app
