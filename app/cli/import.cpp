// gatehouse import DIR
#include "app/cli/arguments.h"
#include "app/cli/subcommands.h"
#include "app/cli/support.h"
#include "app/cli/text.h"
#include "app/signals.h"
#include "base/when_done.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>
#include <QTextStream>
#include <QTimer>

namespace gatehouse::app
{

namespace
{

qint64 count(const QJsonObject &progress, const char *name)
{
    return progress.value(QLatin1String(name)).toInteger();
}

QString number(const QJsonObject &progress, const char *name)
{
    return QString::number(count(progress, name));
}

void showProgress(const QJsonObject &progress)
{
    QTextStream(stderr) << Cli::tr("\r%1 of %2 files, %3 new")
                               .arg(number(progress, "done"), number(progress, "total"),
                                    number(progress, "added"))
                        << Qt::flush;
}

void showSummary(const QJsonObject &progress)
{
    QTextStream(stderr) << '\n';
    printLine(Cli::tr("%1 files: %2 new (%3), %4 already known, %5 skipped, %6 failed")
                  .arg(number(progress, "done"), number(progress, "added"),
                       QLocale().formattedDataSize(count(progress, "bytes")), number(progress, "known"),
                       number(progress, "passed"), number(progress, "failed")));
    const QString error = progress.value(QLatin1String("error")).toString();
    if (!error.isEmpty())
        QTextStream(stderr) << error << '\n';
    if (progress.value(QLatin1String("stopped")).toBool())
        printLine(Cli::tr("Stopped. Run the same command again to resume"));
}

} // namespace

int runImport(QCoreApplication &application, const Options &options)
{
    const auto arguments = CliArguments::parse(options.arguments, {QStringLiteral("--user")},
                                               {QStringLiteral("--json"), QStringLiteral("--move")});
    if (!arguments)
        return printError(arguments.error());
    if (arguments->words.size() != 1)
        return printError({ErrorKind::Invalid, Cli::tr("import needs one folder. See gatehouse --help"), {}});

    EngineAccess access(settings::Paths::of(options.data));
    control::Commands *engine = nullptr;
    const bool json = arguments->json();
    QObject::connect(&access, &EngineAccess::notified, &application,
                     [&](const QString &notification, const QJsonObject &values) {
                         if (notification != QLatin1String("import"))
                             return;
                         const bool finished = values.value(QLatin1String("finished")).toBool();
                         if (json)
                             printJson(values);
                         else if (finished)
                             showSummary(values);
                         else
                             showProgress(values);
                         if (finished)
                             application.exit(count(values, "failed") == 0 ? 0 : 1);
                     });
    QObject::connect(&access, &EngineAccess::lost, &application, [&] {
        QTextStream(stderr) << '\n';
        application.exit(
            printError({ErrorKind::Unavailable,
                        Cli::tr("The Gatehouse engine stopped. Run the same command again to resume"),
                        {}}));
    });
    // Ctrl-C asks the import to stop after the file it is at; the summary ends the program.
    onSignals(application, [&] {
        if (engine)
            engine->run(QStringLiteral("import.stop"), {});
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
            const auto starting = engine->run(QStringLiteral("import.start"),
                                              {{QStringLiteral("folder"), folder},
                                               {QStringLiteral("move"), arguments->has("--move")},
                                               {QStringLiteral("user"), arguments->value("--user")}});
            whenDone(starting, &access, [&](const Result<QJsonObject> &started) {
                if (!started)
                    application.exit(printError(started.error()));
            });
        });
    });
    return application.exec();
}

} // namespace gatehouse::app
