// gatehouse retention confirm: resumes deletion after a rebuild of the catalog.
#include "app/cli/subcommands.h"
#include "app/cli/support.h"
#include "app/cli/text.h"
#include "protocol/repair.h"

#include <QCoreApplication>

namespace gatehouse::app
{

int runRetention(QCoreApplication &application, const Options &options)
{
    QStringList words = options.arguments;
    const bool json = words.removeAll(QStringLiteral("--json")) > 0;
    if (words != QStringList{QStringLiteral("confirm")})
        return printError(
            {ErrorKind::Invalid, Cli::tr("Usage: gatehouse retention confirm"), QStringLiteral("retention")});
    const settings::Paths paths = settings::Paths::of(options.data);
    return runCommand(application, paths, protocol::ConfirmRetention(), [json](const auto &done) {
        if (json)
            printJson(protocol::toJson(done));
        else
            printLine(Cli::tr("Old recordings are deleted again according to the settings."));
    });
}

} // namespace gatehouse::app
