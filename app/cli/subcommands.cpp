#include "app/cli/subcommands.h"

namespace gatehouse::app
{

int runSubcommand(QCoreApplication &application, const Options &options)
{
    if (options.subcommand == QLatin1String("camera"))
        return runCamera(application, options);
    if (options.subcommand == QLatin1String("list"))
        return runList(options);
    if (options.subcommand == QLatin1String("events"))
        return runEvents(options);
    if (options.subcommand == QLatin1String("deletions"))
        return runDeletions(options);
    if (options.subcommand == QLatin1String("status"))
        return runStatus(application, options);
    if (options.subcommand == QLatin1String("import"))
        return runImport(application, options);
    if (options.subcommand == QLatin1String("retention"))
        return runRetention(application, options);
    return runCheck(application, options);
}

} // namespace gatehouse::app
