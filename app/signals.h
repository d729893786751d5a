// SIGINT, SIGTERM and SIGHUP shut the program down cleanly. Main thread.
#pragma once

#include <functional>

class QCoreApplication;

namespace gatehouse::app
{

void quitOnSignals(QCoreApplication &application);
// The same signals call `action` on the event loop instead. Once per process.
void onSignals(QCoreApplication &application, std::function<void()> action);

} // namespace gatehouse::app
