// gatehouse offsite set|test|status|pause|resume
#include "protocol/offsite.h"
#include "app/cli/arguments.h"
#include "app/cli/subcommands.h"
#include "app/cli/support.h"
#include "app/cli/text.h"
#include "app/engine/engine_lock.h"
#include "base/iso_time.h"
#include "base/size_text.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QTextStream>
#include <map>

namespace gatehouse::app
{

namespace
{

using protocol::OffsiteReport;
using protocol::OffsiteStatus;

struct OffsiteCommand {
    QCoreApplication &application;
    settings::Paths paths;
    CliArguments arguments;
};

Error offsiteUsage(const QString &text)
{
    return usageError(QStringLiteral("offsite"), text);
}

QString localTime(qint64 ms)
{
    return toIsoIn(QTimeZone::systemTimeZone(), ms);
}

// With the secret key from standard input, if it is announced.
Result<protocol::OffsiteConnection> connectionOf(const CliArguments &arguments)
{
    const auto given = [&arguments](const char *name) -> std::optional<QString> {
        return arguments.has(name) ? std::optional(arguments.value(name)) : std::nullopt;
    };
    protocol::OffsiteConnection out;
    out.provider = given("--provider");
    out.endpoint = given("--endpoint");
    out.region = given("--region");
    out.account = given("--account");
    out.bucket = given("--bucket");
    out.prefix = given("--prefix");
    out.site = given("--site");
    out.accessKey = given("--access-key");
    out.caFile = given("--ca-file");
    if (out.caFile && !out.caFile->isEmpty()) // the engine is in another folder
        out.caFile = QFileInfo(*out.caFile).absoluteFilePath();
    if (!arguments.has("--secret-stdin"))
        return out;
    out.secret = QTextStream(stdin).readLine();
    if (out.secret->isEmpty())
        return tl::unexpected(offsiteUsage(Cli::tr("No secret key on standard input")));
    return out;
}

Result<protocol::SetOffsite> setCommandOf(const CliArguments &arguments)
{
    const auto connection = connectionOf(arguments);
    if (!connection)
        return tl::unexpected(connection.error());
    protocol::SetOffsite out;
    out.connection = *connection;
    out.isForced = arguments.has("--force");
    if (arguments.has("--what")) {
        const QString wanted = arguments.value("--what");
        out.choice = choiceFrom(wanted);
        if (!out.choice)
            return tl::unexpected(offsiteUsage(
                Cli::tr("--what needs one of nothing, stills, low-res, everything, not \"%1\"").arg(wanted)));
    }
    if (arguments.has("--upload-limit")) {
        bool isNumber = false;
        const qint64 limit = arguments.value("--upload-limit").toLongLong(&isNumber);
        if (!isNumber || limit < 0 || limit > protocol::SetOffsite::kMaxUploadLimit)
            return tl::unexpected(offsiteUsage(Cli::tr("--upload-limit needs bytes per second, from 0 to %1")
                                                   .arg(protocol::SetOffsite::kMaxUploadLimit)));
        out.uploadLimit = limit;
    }
    if (out.connection.isEmpty() && !out.choice && !out.uploadLimit)
        return tl::unexpected(offsiteUsage(Cli::tr("offsite set needs at least one option")));
    return out;
}

void printFindings(const OffsiteReport &report)
{
    for (const protocol::OffsiteFinding &finding : report.findings) {
        const QString mark = finding.verdict == protocol::FindingVerdict::Good      ? Cli::tr("good")
                             : finding.verdict == protocol::FindingVerdict::Limited ? Cli::tr("limited")
                                                                                    : Cli::tr("BAD");
        printLine(mark.leftJustified(9) + finding.text);
    }
}

// The exit code follows what was found, or saved.
template<protocol::Command C, typename Print>
int runOffsiteTest(const OffsiteCommand &command, const C &wanted, Print print)
{
    QCoreApplication &application = command.application;
    return runWithEngine(application, command.paths, [&](control::Commands &commands, QObject *context) {
        whenDone(commands.send(wanted), context, [&](const Result<OffsiteReport> &report) {
            if (!report) {
                application.exit(printError(report.error()));
                return;
            }
            if (command.arguments.json())
                printJson(protocol::toJson(*report));
            else
                print(*report);
            application.exit(
                report->isSaved || (report->isUsable && C::kName == protocol::TestOffsite::kName) ? 0 : 1);
        });
    });
}

int offsiteSet(const OffsiteCommand &command)
{
    const auto wanted = setCommandOf(command.arguments);
    if (!wanted)
        return printError(wanted.error());
    return runOffsiteTest(command, *wanted, [&](const OffsiteReport &report) {
        printFindings(report);
        if (!report.isSaved) {
            printLine(Cli::tr("Not saved, because the bucket can't be used like this. --force saves it "
                              "anyway."));
            return;
        }
        printLine(Cli::tr("Saved."));
        if (wanted->connection.secret)
            printLine(Cli::tr("The secret key is kept in %1.").arg(report.secretPlace));
    });
}

int offsiteTest(const OffsiteCommand &command)
{
    const auto connection = connectionOf(command.arguments);
    if (!connection)
        return printError(connection.error());
    return runOffsiteTest(command, protocol::TestOffsite{*connection}, printFindings);
}

void printWaiting(const protocol::OffsiteWaiting &waiting)
{
    const qint64 pictures = waiting.firstPictures.files + waiting.stills.files;
    const qint64 files = pictures + waiting.lowRes.files + waiting.full.files;
    if (files == 0) {
        printLine(Cli::tr("Nothing waits"));
        return;
    }
    const qint64 bytes =
        waiting.firstPictures.bytes + waiting.stills.bytes + waiting.lowRes.bytes + waiting.full.bytes;
    printLine(
        Cli::tr("Waiting: %1, %2, %3; %4")
            .arg(Cli::counted(pictures, Cli::tr("1 picture"), Cli::tr("%1 pictures")),
                 Cli::counted(waiting.lowRes.files, Cli::tr("1 low-res clip"), Cli::tr("%1 low-res clips")),
                 Cli::counted(waiting.full.files, Cli::tr("1 clip or other file"),
                              Cli::tr("%1 clips and other files")),
                 sizeText(bytes)));
}

void printOffsite(const OffsiteStatus &status)
{
    if (!status.isSet) {
        printLine(Cli::tr("Off-site copies are not set up. See gatehouse offsite --help"));
        return;
    }
    printLine(Cli::tr("To the bucket %1 (%2), as %3").arg(status.bucket, status.provider, status.site));
    if (status.isPaused)
        printLine(Cli::tr("Paused. To go on: gatehouse offsite resume"));
    if (status.trouble)
        printLine(status.trouble->text);
    if (status.trouble && status.trouble->nextTry > 0)
        printLine(Cli::tr("Tried again at %1").arg(localTime(status.trouble->nextTry)));
    if (status.isArchiveAway)
        printLine(Cli::tr("The disk with the recordings is not there"));
    if (status.isLookingThrough)
        printLine(Cli::tr("Older recordings are still being looked through"));
    printWaiting(status.waiting);
    if (status.allSafeUpTo > 0)
        printLine(Cli::tr("Everything up to %1 is off-site").arg(localTime(status.allSafeUpTo)));
    if (status.stillsSafeUpTo > status.allSafeUpTo)
        printLine(Cli::tr("All pictures up to %1 are off-site").arg(localTime(status.stillsSafeUpTo)));
    printLine(Cli::tr("Off-site: %1, %2")
                  .arg(Cli::counted(status.durable.files, Cli::tr("1 file"), Cli::tr("%1 files")),
                       sizeText(status.durable.bytes)));
    if (status.failed.files > 0)
        printLine(Cli::tr("Failed: %1. To try again: gatehouse offsite resume")
                      .arg(Cli::counted(status.failed.files, Cli::tr("1 file"), Cli::tr("%1 files"))));
    if (status.bytesPerSecond > 0)
        printLine(Cli::tr("%1 per second").arg(sizeText(status.bytesPerSecond)));
}

// What waits is known to the engine that copies.
int offsiteStatus(const OffsiteCommand &command)
{
    const bool json = command.arguments.json();
    if (!EngineLock::isTaken(command.paths)) {
        if (json)
            printJson({{QStringLiteral("engine"), false}});
        else
            printLine(Cli::tr("Gatehouse is not running: nothing goes off-site"));
        return 4;
    }
    return runCommand(command.application, command.paths, protocol::GetOffsiteStatus(),
                      [json](const OffsiteStatus &status) {
                          json ? printJson(protocol::toJson(status)) : printOffsite(status);
                      });
}

template<protocol::Command C>
int runAndSay(const OffsiteCommand &command, const QString &said)
{
    const bool json = command.arguments.json();
    return runCommand(command.application, command.paths, C(), [&](const protocol::Nothing &done) {
        json ? printJson(protocol::toJson(done)) : printLine(said);
    });
}

int offsitePause(const OffsiteCommand &command)
{
    return runAndSay<protocol::PauseOffsite>(command,
                                             Cli::tr("Paused until you run gatehouse offsite resume."));
}

int offsiteResume(const OffsiteCommand &command)
{
    return runAndSay<protocol::ResumeOffsite>(command, Cli::tr("Recordings go off-site again."));
}

int runOffsite(QCoreApplication &application, const Options &options)
{
    static const std::map<QString, int (*)(const OffsiteCommand &)> commands{
        {QStringLiteral("set"), offsiteSet},
        {QStringLiteral("test"), offsiteTest},
        {QStringLiteral("status"), offsiteStatus},
        {QStringLiteral("pause"), offsitePause},
        {QStringLiteral("resume"), offsiteResume}};
    if (options.arguments.contains(QLatin1String("--passphrase-stdin")))
        return printError(offsiteUsage(Cli::tr("Gatehouse does not encrypt off-site copies yet: "
                                               "--passphrase-stdin is not available")));
    auto arguments = CliArguments::parse(
        options,
        {QStringLiteral("--provider"), QStringLiteral("--endpoint"), QStringLiteral("--region"),
         QStringLiteral("--account"), QStringLiteral("--bucket"), QStringLiteral("--prefix"),
         QStringLiteral("--site"), QStringLiteral("--access-key"), QStringLiteral("--ca-file"),
         QStringLiteral("--what"), QStringLiteral("--upload-limit")},
        {QStringLiteral("--secret-stdin"), QStringLiteral("--force"), QStringLiteral("--json")});
    if (!arguments)
        return printError(arguments.error());
    const QString name = arguments->words.isEmpty() ? QString() : arguments->words.takeFirst();
    const auto command = commands.find(name);
    if (command == commands.end())
        return printError(offsiteUsage(Cli::tr("offsite needs one of set, test, status, pause, resume")));
    if (const auto understood = arguments->requireNoPositionals(); !understood)
        return printError(understood.error());
    return command->second({application, settings::Paths::of(options.data), *arguments});
}

} // namespace

Subcommand offsiteSubcommand()
{
    return {QStringLiteral("offsite"), Cli::tr("copies of recordings in an S3 bucket"),
            Cli::tr("  offsite set [OPTIONS] [--force]   test the bucket, and save if it is good\n"
                    "  offsite test [OPTIONS]            only test it\n"
                    "  offsite status                    what waits, and up to when all is off-site\n"
                    "  offsite pause                     send nothing, across restarts, too\n"
                    "  offsite resume                    go on, and try again at once what failed\n"
                    "\n"
                    "Options of set and test; what is omitted stays as it is\n"
                    "  --provider ID        aws, backblaze-b2, ceph, cloudflare-r2, garage, hetzner,\n"
                    "                       idrive-e2, minio, other, scaleway, seaweedfs, wasabi\n"
                    "  --endpoint URL       your own server, or another address of the provider\n"
                    "  --region REGION      if it is not the provider's usual one\n"
                    "  --account ID         for cloudflare-r2\n"
                    "  --bucket NAME        must exist; an empty NAME ends off-site copies\n"
                    "  --prefix FOLDER      a folder in the bucket, for Gatehouse alone\n"
                    "  --site NAME          this house's folder in it (default: the PC's name)\n"
                    "  --access-key KEY\n"
                    "  --secret-stdin       read the secret key from standard input: it is kept in\n"
                    "                       the keychain, or, without one, in a private file\n"
                    "  --ca-file FILE       certificate of your own server, PEM\n"
                    "Options of set alone\n"
                    "  --force              save even if the bucket fails the test\n"
                    "  --what WHAT          nothing, stills, low-res or everything (default); for\n"
                    "                       one camera: gatehouse camera offsite CAMERA WHAT\n"
                    "  --upload-limit N     bytes per second for all uploads; 0: no limit\n"
                    "\n"
                    "Copies are not encrypted by Gatehouse yet. --json prints JSON.\n"),
            runOffsite};
}

} // namespace gatehouse::app
