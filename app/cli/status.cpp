// gatehouse status
#include "app/cli/arguments.h"
#include "app/cli/subcommands.h"
#include "app/cli/support.h"
#include "app/cli/text.h"
#include "app/engine/engine_lock.h"
#include "control/problem.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>
#include <QLocale>
#include <algorithm>

namespace gatehouse::app
{

namespace
{

constexpr qsizetype kMaxRefusedShown = 10;

QString receivingSentence(const QJsonObject &status, const QString &addresses)
{
    const QString trouble = status.value(QLatin1String("receiver")).toString();
    if (!trouble.isEmpty())
        return Cli::tr("Not receiving: %1").arg(trouble);
    const QString port = QString::number(status.value(QLatin1String("port")).toInt());
    const qint64 pausedUntil = status.value(QLatin1String("paused_until")).toInteger();
    if (pausedUntil == 0)
        return Cli::tr("Receiving on %1, port %2").arg(addresses, port);
    const QTime until = QDateTime::fromMSecsSinceEpoch(pausedUntil).time();
    return Cli::tr("Paused until %3 (%1, port %2)")
        .arg(addresses, port, until.toString(QStringLiteral("HH:mm")));
}

void printRefused(const QJsonArray &refused)
{
    for (qsizetype i = 0; i < std::min(refused.size(), kMaxRefusedShown); ++i) {
        const QJsonObject one = refused.at(i).toObject();
        const QDateTime last = QDateTime::fromMSecsSinceEpoch(one.value(QLatin1String("last")).toInteger());
        QString user = one.value(QLatin1String("user")).toString();
        if (user.isEmpty())
            user = Cli::tr("no user yet");
        const QString peer = one.value(QLatin1String("peer")).toString();
        const QString what = peer.isEmpty() ? Cli::tr("Upload refused: %1").arg(user)
                                            : Cli::tr("Log-in refused: %1 from %2").arg(user, peer);
        printLine(Cli::tr("%1, %2, most recently at %3: %4")
                      .arg(what,
                           Cli::counted(one.value(QLatin1String("count")).toInteger(), Cli::tr("once"),
                                        Cli::tr("%1 times")),
                           last.toString(QStringLiteral("HH:mm")),
                           one.value(QLatin1String("reason")).toString()));
    }
    if (refused.size() > kMaxRefusedShown)
        printLine(Cli::tr("and from %1 more").arg(refused.size() - kMaxRefusedShown));
}

void print(const QJsonObject &status)
{
    QStringList addresses;
    for (const QJsonValue &address : status.value(QLatin1String("address")).toArray())
        addresses.append(address.toString());
    const QJsonObject archive = status.value(QLatin1String("archive")).toObject();
    printLine(receivingSentence(status, addresses.join(QLatin1String(", "))));
    printLine(archive.value(QLatin1String("ready")).toBool()
                  ? Cli::tr("Archive %1, %2 free")
                        .arg(archive.value(QLatin1String("root")).toString(),
                             QLocale().formattedDataSize(archive.value(QLatin1String("free")).toInteger()))
                  : Cli::tr("Archive not ready: %1").arg(archive.value(QLatin1String("reason")).toString()));
    if (const QString clock = status.value(QLatin1String("clock")).toString(); !clock.isEmpty())
        printLine(clock);
    if (const QJsonValue looked = status.value(QLatin1String("rebuilding")); looked.isDouble())
        printLine(Cli::tr("Rebuilding the catalog: %1 files looked at")
                      .arg(QLocale().toString(looked.toInteger())));
    for (const control::Problem &problem :
         control::problemsFromJson(status.value(QLatin1String("problems")).toArray())) {
        printLine(problem.text);
        if (!problem.commandLine.isEmpty())
            printLine(QStringLiteral("    ") + problem.commandLine);
    }
    printRefused(status.value(QLatin1String("refused_logins")).toArray());
    printRefused(status.value(QLatin1String("refused_uploads")).toArray());
    printLine(Cli::tr("%1 of %2 connections, at most %3 open files")
                  .arg(QString::number(status.value(QLatin1String("sessions")).toInt()),
                       QString::number(status.value(QLatin1String("max_sessions")).toInt()),
                       QString::number(status.value(QLatin1String("open_files_limit")).toInt())));
    printLine(Cli::tr("%1, %2, %3")
                  .arg(Cli::counted(status.value(QLatin1String("cameras")).toInteger(), Cli::tr("1 camera"),
                                    Cli::tr("%1 cameras")),
                       Cli::counted(status.value(QLatin1String("items")).toInteger(), Cli::tr("1 file"),
                                    Cli::tr("%1 files")),
                       QLocale().formattedDataSize(status.value(QLatin1String("bytes")).toInteger())));
}

} // namespace

int runStatus(QCoreApplication &application, const Options &options)
{
    const auto arguments = CliArguments::parse(options.arguments, {}, {QStringLiteral("--json")});
    if (!arguments)
        return printError(arguments.error());
    if (const auto understood = arguments->requireNoPositionals(); !understood)
        return printError(understood.error());
    const settings::Paths paths = settings::Paths::of(options.data);
    if (!EngineLock::isTaken(paths)) {
        if (arguments->json())
            printJson({{QStringLiteral("engine"), false}});
        else
            printLine(Cli::tr("Gatehouse is not running"));
        return 4;
    }
    return runCommand(
        application, paths, QStringLiteral("status"), {},
        [json = arguments->json()](const QJsonObject &status) { json ? printJson(status) : print(status); });
}

} // namespace gatehouse::app
