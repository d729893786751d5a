// The command-line subcommands. Read-only ones query the catalog directly; others send commands to the
// running engine over the control socket, or to an engine created for this one command. Each returns the exit
// code (see options.h). Main thread.
#pragma once

#include "app/options.h"
#include "control/commands.h"
#include "settings/paths.h"

#include <QJsonObject>
#include <functional>

class QCoreApplication;

namespace gatehouse::app
{

int runSubcommand(QCoreApplication &application, const Options &options);

int runCamera(QCoreApplication &application, const Options &options);
int runList(const Options &options);
int runEvents(const Options &options);
int runDeletions(const Options &options);
int runStatus(QCoreApplication &application, const Options &options);
int runImport(QCoreApplication &application, const Options &options);
int runRetention(QCoreApplication &application, const Options &options);
int runCheck(QCoreApplication &application, const Options &options);

} // namespace gatehouse::app
