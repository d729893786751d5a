// gatehouse status
#include "app/cli/arguments.h"
#include "app/cli/subcommands.h"
#include "app/cli/support.h"
#include "app/cli/text.h"
#include "app/engine/engine_lock.h"
#include "base/size_text.h"
#include "protocol/engine.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace gatehouse::app
{

namespace
{

using protocol::Status;

constexpr qsizetype kMaxRefusedShown = 10;

QString receivingSentence(const Status &status)
{
    if (!status.receiver.isEmpty())
        return Cli::tr("Not receiving: %1").arg(status.receiver);
    const QString addresses = status.addresses.join(QLatin1String(", "));
    const QString port = QString::number(status.port);
    if (status.pausedUntil == 0)
        return Cli::tr("Receiving on %1, port %2").arg(addresses, port);
    const QTime until = QDateTime::fromMSecsSinceEpoch(status.pausedUntil).time();
    return Cli::tr("Paused until %3 (%1, port %2)")
        .arg(addresses, port, until.toString(QStringLiteral("HH:mm")));
}

void printRefused(const QVector<protocol::RefusedAttempts> &refused)
{
    for (const protocol::RefusedAttempts &one : refused.mid(0, kMaxRefusedShown)) {
        const QString user = one.user.isEmpty() ? Cli::tr("no user yet") : one.user;
        const QString what = one.peer.isEmpty() ? Cli::tr("Upload refused: %1").arg(user)
                                                : Cli::tr("Login refused: %1 from %2").arg(user, one.peer);
        const QTime last = QDateTime::fromMSecsSinceEpoch(one.last).time();
        printLine(Cli::tr("%1, %2, most recently at %3: %4")
                      .arg(what, Cli::counted(one.count, Cli::tr("once"), Cli::tr("%1 times")),
                           last.toString(QStringLiteral("HH:mm")), one.reason));
    }
    if (refused.size() > kMaxRefusedShown)
        printLine(Cli::tr("and from %1 more").arg(refused.size() - kMaxRefusedShown));
}

void print(const Status &status)
{
    printLine(receivingSentence(status));
    const protocol::ArchiveStatus &archive = status.archive;
    printLine(archive.isReady
                  ? Cli::tr("Archive %1, %2 free").arg(archive.root, sizeText(archive.free.value_or(0)))
                  : Cli::tr("Archive not ready: %1").arg(archive.reason));
    if (!status.clock.isEmpty())
        printLine(status.clock);
    if (status.rebuilding)
        printLine(
            Cli::tr("Rebuilding the catalog: %1 files checked").arg(QLocale().toString(*status.rebuilding)));
    for (const protocol::Problem &problem : status.problems) {
        printLine(problem.text);
        if (!problem.commandLine.isEmpty())
            printLine(QStringLiteral("    ") + problem.commandLine);
    }
    printRefused(status.refusedLogIns);
    printRefused(status.refusedUploads);
    printLine(Cli::tr("%1 of %2 connections, at most %3 open files")
                  .arg(QString::number(status.sessions), QString::number(status.maxSessions),
                       QString::number(status.openFilesLimit)));
    printLine(Cli::tr("%1, %2, %3")
                  .arg(Cli::counted(status.cameras.value_or(0), Cli::tr("1 camera"), Cli::tr("%1 cameras")),
                       Cli::counted(status.items.value_or(0), Cli::tr("1 file"), Cli::tr("%1 files")),
                       sizeText(status.bytes.value_or(0))));
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
    return runCommand(application, paths, protocol::GetStatus(), [&](const Status &status) {
        arguments->json() ? printJson(protocol::toJson(status)) : print(status);
    });
}

} // namespace gatehouse::app
