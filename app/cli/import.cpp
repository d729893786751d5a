// gatehouse import DIR
#include "protocol/import.h"
#include "app/cli/arguments.h"
#include "app/cli/subcommands.h"
#include "app/cli/support.h"
#include "app/cli/text.h"
#include "app/signals.h"
#include "base/size_text.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>
#include <QTextStream>
#include <QTimer>

namespace gatehouse::app
{

namespace
{

using protocol::ImportProgress;

void showProgress(const ImportProgress &progress)
{
    QTextStream(stderr) << Cli::tr("\r%1 of %2 files, %3 new")
                               .arg(QString::number(progress.done), QString::number(progress.total),
                                    QString::number(progress.added))
                        << Qt::flush;
}

void showSummary(const ImportProgress &progress)
{
    QTextStream(stderr) << '\n';
    printLine(Cli::tr("%1 files: %2 new (%3), %4 already known, %5 skipped, %6 failed")
                  .arg(QString::number(progress.done), QString::number(progress.added),
                       sizeText(progress.bytes), QString::number(progress.known),
                       QString::number(progress.passed), QString::number(progress.failed)));
    if (!progress.error.isEmpty())
        QTextStream(stderr) << progress.error << '\n';
    if (progress.isStopped)
        printLine(Cli::tr("Stopped. Run the same command again to resume"));
}

int runImport(QCoreApplication &application, const Options &options)
{
    const auto arguments = CliArguments::parse(options, {QStringLiteral("--user")},
                                               {QStringLiteral("--json"), QStringLiteral("--move")});
    if (!arguments)
        return printError(arguments.error());
    if (arguments->words.size() != 1)
        return printError(usageError(options.subcommand, Cli::tr("import needs one folder")));

    EngineAccess access(settings::Paths::of(options.data));
    control::Commands *engine = nullptr;
    const bool json = arguments->json();
    access.notifications().on<ImportProgress>(&application, [&](const ImportProgress &progress) {
        if (json)
            printJson(protocol::toJson(progress));
        else if (progress.isFinished)
            showSummary(progress);
        else
            showProgress(progress);
        if (progress.isFinished)
            application.exit(progress.failed == 0 ? 0 : 1);
    });
    QObject::connect(&access, &EngineAccess::lost, &application, [&] {
        QTextStream(stderr) << '\n';
        application.exit(
            printError({ErrorKind::Unavailable,
                        Cli::tr("The Gatehouse engine stopped. Run the same command again to resume"),
                        {}}));
    });
    // Ctrl-C makes the import stop after the current file; the summary ends the program.
    onSignals(application, [&] {
        if (engine)
            engine->send(protocol::StopImport());
        else
            application.exit(1);
    });
    QTimer::singleShot(0, &access, [&] {
        access.open([&](const Result<control::Commands *> &commands) {
            if (!commands) {
                application.exit(printError(commands.error()));
                return;
            }
            engine = *commands;
            const QString folder = QFileInfo(arguments->words.first()).absoluteFilePath();
            const protocol::StartImport command{folder, arguments->has("--move"), arguments->value("--user")};
            whenDone(engine->send(command), &access, [&](const auto &started) {
                if (!started)
                    application.exit(printError(started.error()));
            });
        });
    });
    return application.exec();
}

} // namespace

Subcommand importSubcommand()
{
    return {QStringLiteral("import"), Cli::tr("take over an old FTP folder"),
            Cli::tr("  gatehouse import DIR [--move] [--user USER] [--json]\n"
                    "\n"
                    "  --move         delete each file from DIR once it is stored\n"
                    "  --user USER    the files belong to the cameras of this login\n"
                    "\n"
                    "Ctrl-C stops it; the same command resumes. Files that are already stored are\n"
                    "not stored again.\n"),
            runImport};
}

} // namespace gatehouse::app
