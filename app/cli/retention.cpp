// gatehouse retention confirm: resumes deletion after a rebuild of the catalog.
#include "app/cli/arguments.h"
#include "app/cli/subcommands.h"
#include "app/cli/support.h"
#include "app/cli/text.h"
#include "protocol/repair.h"

#include <QCoreApplication>

namespace gatehouse::app
{

namespace
{

int runRetention(QCoreApplication &application, const Options &options)
{
    QStringList words = options.arguments;
    const bool json = words.removeAll(QStringLiteral("--json")) > 0;
    if (words != QStringList{QStringLiteral("confirm")})
        return printError(usageError(options.subcommand, Cli::tr("retention needs 'confirm'")));
    const settings::Paths paths = settings::Paths::of(options.data);
    return runCommand(application, paths, protocol::ConfirmRetention(), [json](const auto &done) {
        if (json)
            printJson(protocol::toJson(done));
        else
            printLine(Cli::tr("Old recordings are deleted again according to the settings."));
    });
}

} // namespace

Subcommand retentionSubcommand()
{
    return {QStringLiteral("retention"), Cli::tr("resume deletion after a rebuild of the catalog"),
            Cli::tr("  gatehouse retention confirm [--json]\n"
                    "\n"
                    "After a rebuild nothing is deleted until a person has looked at the result and\n"
                    "confirmed it with this command.\n"),
            runRetention};
}

} // namespace gatehouse::app
