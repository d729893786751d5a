#include "app/cli/help.h"

#include "app/cli/subcommands.h"
#include "app/cli/text.h"

namespace gatehouse::app
{

namespace
{

constexpr int kNameWidth = 12;

QString overview()
{
    QString commands;
    for (const Subcommand &subcommand : subcommands())
        commands += QStringLiteral("  ") + subcommand.name.leftJustified(kNameWidth) + subcommand.summary +
                    QLatin1Char('\n');
    return Cli::tr("Gatehouse stores and shows what your security cameras record: they upload to it\n"
                   "by FTP, and it shows them on one timeline.\n"
                   "\n"
                   "  gatehouse               open the window and the tray icon\n"
                   "  gatehouse --headless    receive without a screen\n"
                   "  gatehouse --demo        try it with simulated cameras, in a folder of its own\n"
                   "\n"
                   "Options\n"
                   "  --data DIR        keep everything in this folder; without it, recordings are\n"
                   "                    in ~/.local/share/gatehouse, settings in ~/.config/gatehouse\n"
                   "  --bind ADDRESS    listen on this address (default: the home network's)\n"
                   "  --ftp-port N      listen on this port (default: 2121; 0: any free port)\n"
                   "  --hidden          start in the tray\n"
                   "  --help, --version\n"
                   "\n"
                   "Commands, with or without a running Gatehouse\n") +
           commands + QStringLiteral("  ") + QStringLiteral("help").leftJustified(kNameWidth) +
           Cli::tr("explain a command: gatehouse help camera\n"
                   "\n"
                   "Every command takes --data DIR, and --json to print one JSON object per line.\n"
                   "Exit codes: 0 done, 1 failed or problems found, 2 wrong use, 3 not found,\n"
                   "4 not available, 5 denied.\n");
}

} // namespace

QString helpText(const QString &subcommand)
{
    for (const Subcommand &one : subcommands()) {
        if (one.name == subcommand)
            return QStringLiteral("gatehouse %1: %2\n\n").arg(one.name, one.summary) + one.help;
    }
    return overview();
}

} // namespace gatehouse::app
