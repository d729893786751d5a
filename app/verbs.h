// The command-line verbs. What only reads asks the catalog itself; what changes something goes to the
// running engine over the control socket, or to an engine made for this one command.
// Each returns the exit code (see options.h). Main thread.
#pragma once

#include "app/options.h"
#include "control/commands.h"
#include "settings/paths.h"

#include <QJsonObject>
#include <functional>

class QCoreApplication;

namespace gatehouse::app
{

int runVerb(QCoreApplication &application, const Options &options);

int runCameraVerb(QCoreApplication &application, const Options &options);
int runListVerb(const Options &options);
int runEventsVerb(const Options &options);
int runDeletionsVerb(const Options &options);
int runStatusVerb(QCoreApplication &application, const Options &options);
int runImportVerb(QCoreApplication &application, const Options &options);
int runRetentionVerb(QCoreApplication &application, const Options &options);
int runCheckVerb(QCoreApplication &application, const Options &options);

} // namespace gatehouse::app
