// gatehouse status
#include "app/cli/arguments.h"
#include "app/cli/subcommands.h"
#include "app/cli/support.h"
#include "app/cli/text.h"
#include "app/engine/engine_lock.h"
#include "base/iso_time.h"
#include "base/size_text.h"
#include "protocol/engine.h"

#include <QCoreApplication>
#include <QLocale>

namespace gatehouse::app
{

namespace
{

using protocol::Status;

constexpr qsizetype kMaxRefusedShown = 10;
constexpr qsizetype kMaxFaultsShown = 20;

QString timeText(qint64 ms)
{
    return toIsoIn(QTimeZone::systemTimeZone(), ms);
}

QString receivingSentence(const Status &status)
{
    if (!status.receiver.isEmpty())
        return Cli::tr("Not receiving: %1").arg(status.receiver);
    const QString addresses = status.addresses.join(QLatin1String(", "));
    const QString port = QString::number(status.port);
    if (status.pausedUntil == 0)
        return Cli::tr("Receiving on %1, port %2").arg(addresses, port);
    return Cli::tr("Paused until %3 (%1, port %2)").arg(addresses, port, timeText(status.pausedUntil));
}

// "yard (192.168.1.57), since 13:12: The camera logs in, but …"
void printFaults(const QVector<protocol::CameraFault> &faults)
{
    for (const protocol::CameraFault &fault : faults.mid(0, kMaxFaultsShown)) {
        const QString who = fault.user.isEmpty()   ? fault.peer
                            : fault.peer.isEmpty() ? fault.user
                                                   : Cli::tr("%1 (%2)").arg(fault.user, fault.peer);
        printLine(
            Cli::tr("%1, since %2: %3").arg(who, timeText(fault.first), protocol::textOf(fault).sentences()));
    }
    if (faults.size() > kMaxFaultsShown)
        printLine(Cli::tr("and %1 more").arg(faults.size() - kMaxFaultsShown));
}

void printTests(const QVector<protocol::TestUpload> &tests)
{
    for (const protocol::TestUpload &test : tests.mid(0, kMaxFaultsShown))
        printLine(Cli::tr("Test received from %1 (%2) at %3").arg(test.user, test.peer, timeText(test.at)));
}

void printRefused(const QVector<protocol::RefusedAttempts> &refused)
{
    for (const protocol::RefusedAttempts &one : refused.mid(0, kMaxRefusedShown)) {
        printLine(Cli::tr("Upload refused: %1, %2, most recently at %3: %4")
                      .arg(one.user, Cli::counted(one.count, Cli::tr("once"), Cli::tr("%1 times")),
                           timeText(one.last), one.reason));
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
    printFaults(status.faults);
    printTests(status.tests);
    printRefused(status.refusedUploads);
    printLine(Cli::tr("%1 of %2 connections, at most %3 open files")
                  .arg(QString::number(status.sessions), QString::number(status.maxSessions),
                       QString::number(status.openFilesLimit)));
    printLine(Cli::tr("%1, %2, %3")
                  .arg(Cli::counted(status.cameras.value_or(0), Cli::tr("1 camera"), Cli::tr("%1 cameras")),
                       Cli::counted(status.items.value_or(0), Cli::tr("1 file"), Cli::tr("%1 files")),
                       sizeText(status.bytes.value_or(0))));
    if (status.copyBytes > 0)
        printLine(Cli::tr("Low-res and other copies: %1").arg(sizeText(status.copyBytes)));
}

int runStatus(QCoreApplication &application, const Options &options)
{
    const auto arguments = CliArguments::parse(options, {}, {QStringLiteral("--json")});
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

} // namespace

Subcommand statusSubcommand()
{
    return {QStringLiteral("status"), Cli::tr("whether it receives, where, and how much space is left"),
            Cli::tr("  gatehouse status [--json]\n"
                    "\n"
                    "Exit codes: 0 an engine is running, 4 none is.\n"),
            runStatus};
}

} // namespace gatehouse::app
