// The command-line subcommands, one file each. Read-only ones query the catalog directly; others send
// commands to the running engine over the control socket, or to an engine created for this one command. Main
// thread.
#pragma once

#include "app/options.h"

#include <QVector>

class QCoreApplication;

namespace gatehouse::app
{

struct Subcommand {
    QString name;
    QString summary; // its line in `gatehouse help`
    QString help;    // what `gatehouse NAME --help` adds to the summary
    // Returns the exit code, see options.h.
    int (*run)(QCoreApplication &application, const Options &options);
};

Subcommand cameraSubcommand();
Subcommand listSubcommand();
Subcommand eventsSubcommand();
Subcommand deletionsSubcommand();
Subcommand statusSubcommand();
Subcommand importSubcommand();
Subcommand checkSubcommand();
Subcommand retentionSubcommand();
Subcommand offsiteSubcommand();

// All of them, in the order of `gatehouse help`.
QVector<Subcommand> subcommands();
int runSubcommand(QCoreApplication &application, const Options &options);

} // namespace gatehouse::app
