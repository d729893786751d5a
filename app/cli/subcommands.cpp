#include "app/cli/subcommands.h"

namespace gatehouse::app
{

QVector<Subcommand> subcommands()
{
    return {cameraSubcommand(),    listSubcommand(),      eventsSubcommand(),
            deletionsSubcommand(), statusSubcommand(),    importSubcommand(),
            checkSubcommand(),     retentionSubcommand(), offsiteSubcommand()};
}

int runSubcommand(QCoreApplication &application, const Options &options)
{
    for (const Subcommand &subcommand : subcommands()) {
        if (subcommand.name == options.subcommand)
            return subcommand.run(application, options);
    }
    return exitCodeOf({ErrorKind::Invalid, {}, {}}); // parseOptions() accepts no others
}

} // namespace gatehouse::app
