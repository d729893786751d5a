// gatehouse camera add|list|rename|remove|connection|password|zone|offset|tls|offsite|merge|split
#include "protocol/camera.h"
#include "app/cli/arguments.h"
#include "app/cli/camera_login.h"
#include "app/cli/subcommands.h"
#include "app/cli/support.h"
#include "app/cli/text.h"
#include "app/engine/engine_lock.h"
#include "base/escaped.h"
#include "base/iso_time.h"
#include "base/limits.h"
#include "protocol/engine.h"
#include "settings/settings.h"

#include <QCoreApplication>
#include <QTextStream>
#include <QTimer>
#include <cmath>
#include <map>

namespace gatehouse::app
{

namespace
{

Error usage(const QString &text)
{
    return usageError(QStringLiteral("camera"), text);
}

struct CameraCommand {
    QCoreApplication &application;
    settings::Paths paths;
    CliArguments arguments;

    [[nodiscard]] QString word(qsizetype i) const { return arguments.words.value(i); }
    // Exactly this many, none of them empty.
    [[nodiscard]] bool hasPositionals(qsizetype count) const
    {
        return arguments.words.size() == count && !arguments.words.contains(QString());
    }
    template<protocol::Command C>
    int run(const C &command) const
    {
        return runCommand(application, paths, command, [](const auto &) {});
    }
    // For commands that create a login: shows it.
    template<protocol::Command C>
    int runAndShowLogin(const C &command) const;
    // Runs `then` with the camera named by the word.
    template<typename Then>
    int withCamera(qsizetype wordIndex, Then then) const
    {
        const auto camera = findCamera(paths, word(wordIndex));
        return camera ? then(*camera) : printError(camera.error());
    }
};

// Runs `then` with one line from standard input, without its end; empty if not requested.
template<typename Then>
int withPassword(const CliArguments &arguments, Then then)
{
    if (!arguments.has("--password-stdin"))
        return then(QString());
    if (arguments.has("--short-password"))
        return printError(usage(Cli::tr("Choose either --password-stdin or --short-password")));
    const QString password = QTextStream(stdin).readLine();
    if (password.isEmpty())
        return printError(usage(Cli::tr("No password on standard input")));
    return then(password);
}

template<protocol::Command C>
int CameraCommand::runAndShowLogin(const C &command) const
{
    const bool isGiven = arguments.has("--password-stdin");
    return runCommand(application, paths, command, [&](const protocol::CameraLogin &login) {
        printLogin(login, isGiven ? PasswordIs::Given : PasswordIs::New, arguments.json());
    });
}

int add(const CameraCommand &command)
{
    if (!command.hasPositionals(1))
        return printError(usage(Cli::tr("camera add needs a name")));
    return withPassword(command.arguments, [&](const QString &password) {
        return command.runAndShowLogin(protocol::AddCamera{command.word(0), command.arguments.value("--user"),
                                                           password,
                                                           command.arguments.has("--short-password")});
    });
}

QJsonObject toJson(const catalog::Camera &camera, const settings::Receiver &receiver)
{
    return {{QStringLiteral("id"), camera.id.value},
            {QStringLiteral("name"), camera.name},
            {QStringLiteral("user"), camera.user},
            {QStringLiteral("key"), camera.key},
            {QStringLiteral("zone"), QString::fromLatin1(camera.zone)},
            {QStringLiteral("offset_ms"), camera.offset},
            {QStringLiteral("offset_learned"), camera.offsetLearned},
            {QStringLiteral("tls_required"), receiver.tlsRules.value(camera.user).isRequired},
            {QStringLiteral("tls_least"), receiver.minTlsOf(camera.user)},
            {QStringLiteral("created"), toIsoUtc(camera.created)},
            {QStringLiteral("last_received"),
             camera.lastReceived ? QJsonValue(toIsoUtc(camera.lastReceived)) : QJsonValue()},
            {QStringLiteral("items"), camera.items},
            {QStringLiteral("bytes"), camera.bytes}};
}

// Of the running engine; none if there is none, or it does not answer.
QVector<protocol::CameraFault> faultsNow(const CameraCommand &command)
{
    QVector<protocol::CameraFault> out;
    if (!EngineLock::isTaken(command.paths))
        return out;
    EngineAccess access(command.paths);
    QTimer::singleShot(0, &access, [&] {
        access.open([&](const Result<control::Commands *> &commands) {
            if (!commands) {
                command.application.exit();
                return;
            }
            whenDone((*commands)->send(protocol::GetStatus()), &access,
                     [&](const Result<protocol::Status> &status) {
                         if (status)
                             out = status->faults;
                         command.application.exit();
                     });
        });
    });
    command.application.exec();
    return out;
}

QString momentText(qint64 ms)
{
    return toIsoIn(QTimeZone::systemTimeZone(), ms);
}

int sayNoCameras(const CameraCommand &command)
{
    if (!command.arguments.json())
        printLine(Cli::tr("No cameras yet. Add one: gatehouse camera add NAME"));
    return 0;
}

int list(const CameraCommand &command)
{
    if (!command.hasPositionals(0))
        return printError(usage(Cli::tr("camera list takes no name")));
    const auto reader = openCatalog(command.paths);
    if (!reader) {
        // No camera yet is a valid result, not a failure.
        return reader.error().kind == ErrorKind::NotFound ? sayNoCameras(command)
                                                          : printError(reader.error());
    }
    const auto cameras = (*reader)->cameras();
    if (!cameras)
        return printError(cameras.error());
    if (cameras->isEmpty())
        return sayNoCameras(command);
    const settings::Settings settings =
        settings::load(command.paths.settings()).value_or(settings::Settings());
    const QVector<protocol::CameraFault> faults = faultsNow(command);
    for (const catalog::Camera &camera : *cameras) {
        const protocol::CameraFault *fault = protocol::faultOf(faults, camera.user, camera.id);
        if (command.arguments.json()) {
            QJsonObject out = toJson(camera, settings.receiver);
            out.insert(QStringLiteral("fault"), fault ? protocol::toJson(*fault) : QJsonValue());
            printJson(out);
            continue;
        }
        QString line =
            QStringLiteral("%1  %2  %3  %4")
                .arg(QString::number(camera.id.value).rightJustified(4),
                     escaped(camera.name).leftJustified(24), escaped(camera.user).leftJustified(20),
                     camera.lastReceived ? momentText(camera.lastReceived) : Cli::tr("nothing yet"));
        if (fault)
            line += QStringLiteral("  ") + protocol::textOf(*fault).brief.arg(momentText(fault->first));
        printLine(line);
    }
    return 0;
}

int rename(const CameraCommand &command)
{
    if (!command.hasPositionals(2))
        return printError(usage(Cli::tr("camera rename needs a camera and a name")));
    return command.withCamera(0, [&](const catalog::Camera &camera) {
        return command.run(protocol::RenameCamera{camera.id, command.word(1)});
    });
}

int remove(const CameraCommand &command)
{
    if (!command.hasPositionals(1))
        return printError(usage(Cli::tr("camera remove needs a camera")));
    return command.withCamera(0, [&](const catalog::Camera &camera) {
        return command.run(protocol::RemoveCamera{camera.id, command.arguments.has("--evidence"),
                                                  command.arguments.value("--reason")});
    });
}

int password(const CameraCommand &command)
{
    if (!command.hasPositionals(1))
        return printError(usage(Cli::tr("camera password needs a camera")));
    return command.withCamera(0, [&](const catalog::Camera &camera) {
        return withPassword(command.arguments, [&](const QString &password) {
            return command.runAndShowLogin(
                protocol::SetCameraPassword{camera.id, password, command.arguments.has("--short-password")});
        });
    });
}

int connection(const CameraCommand &command)
{
    if (!command.hasPositionals(1))
        return printError(usage(Cli::tr("camera connection needs a camera")));
    return command.withCamera(0, [&](const catalog::Camera &camera) {
        return runCommand(command.application, command.paths, protocol::GetCameraLogin{camera.id},
                          [&](const protocol::CameraLogin &login) {
                              printLogin(login, PasswordIs::Unknown, command.arguments.json());
                          });
    });
}

int zone(const CameraCommand &command)
{
    if (!command.hasPositionals(2))
        return printError(usage(Cli::tr("camera zone needs a camera and a zone such as Europe/Berlin")));
    return command.withCamera(0, [&](const catalog::Camera &camera) {
        return command.run(protocol::SetCameraZone{camera.id, command.word(1).toUtf8()});
    });
}

int offset(const CameraCommand &command)
{
    bool isNumber = false;
    const double seconds = command.word(1).toDouble(&isNumber);
    const bool learn = command.word(1) == QLatin1String("learn");
    // The C library parses "nan" and "inf" as numbers.
    const bool isSensible = isNumber && std::abs(seconds) * 1000 <= limits::kMaxClockOffset;
    if (!command.hasPositionals(2) || (!isSensible && !learn))
        return printError(
            usage(Cli::tr("camera offset needs a camera and at most %1 hours, in seconds, or 'learn'")
                      .arg(limits::kMaxClockOffsetHours)));
    return command.withCamera(0, [&](const catalog::Camera &camera) {
        return learn ? command.run(protocol::LearnCameraOffset{camera.id})
                     : command.run(protocol::SetCameraOffset{camera.id, qRound64(seconds * 1000)});
    });
}

// None: an unknown word, or the same kind twice.
std::optional<protocol::SetCameraTls> tlsOf(const QStringList &words)
{
    protocol::SetCameraTls out;
    for (const QString &word : words) {
        if ((word == QLatin1String("required") || word == QLatin1String("optional")) && !out.isRequired)
            out.isRequired = word == QLatin1String("required");
        else if (word == QLatin1String("default") && !out.minTls)
            out.minTls = QString();
        else if (word.startsWith(QLatin1String("1.")) && !out.minTls) // the engine knows which exist
            out.minTls = word;
        else
            return std::nullopt;
    }
    return out;
}

int tls(const CameraCommand &command)
{
    const auto wanted = tlsOf(command.arguments.words.mid(1));
    if (!wanted || command.arguments.words.size() < 2)
        return printError(
            usage(Cli::tr("camera tls needs a camera and 'required' or 'optional', the oldest version "
                          "as 1.0 to 1.3 or 'default', or both")));
    return command.withCamera(0, [&](const catalog::Camera &camera) {
        return command.run(protocol::SetCameraTls{camera.id, wanted->isRequired, wanted->minTls});
    });
}

int offsiteChoice(const CameraCommand &command)
{
    const QString word = command.word(1);
    const auto choice = choiceFrom(word);
    if (!command.hasPositionals(2) || (!choice && word != QLatin1String("default")))
        return printError(usage(Cli::tr("camera offsite needs a camera and one of nothing, stills, low-res, "
                                        "everything, default")));
    return command.withCamera(0, [&](const catalog::Camera &camera) {
        return command.run(protocol::SetCameraOffsite{camera.id, choice});
    });
}

int merge(const CameraCommand &command)
{
    if (!command.hasPositionals(2))
        return printError(usage(Cli::tr("camera merge needs the camera and the one it goes into")));
    return command.withCamera(0, [&](const catalog::Camera &from) {
        return command.withCamera(1, [&](const catalog::Camera &into) {
            return command.run(protocol::MergeCameras{from.id, into.id});
        });
    });
}

// A merged camera is no longer listed, so it is identified by number.
int split(const CameraCommand &command)
{
    bool isNumber = false;
    const qint64 id = command.word(0).toLongLong(&isNumber);
    if (!isNumber || !command.hasPositionals(1))
        return printError(usage(Cli::tr("camera split needs the number of the camera that was merged")));
    return command.run(protocol::SplitCamera{CameraId{id}});
}

int runCamera(QCoreApplication &application, const Options &options)
{
    static const std::map<QString, int (*)(const CameraCommand &)> commands{
        {QStringLiteral("add"), add},
        {QStringLiteral("list"), list},
        {QStringLiteral("rename"), rename},
        {QStringLiteral("remove"), remove},
        {QStringLiteral("password"), password},
        {QStringLiteral("zone"), zone},
        {QStringLiteral("offset"), offset},
        {QStringLiteral("tls"), tls},
        {QStringLiteral("offsite"), offsiteChoice},
        {QStringLiteral("merge"), merge},
        {QStringLiteral("split"), split},
        {QStringLiteral("connection"), connection}};
    auto arguments = CliArguments::parse(options, {QStringLiteral("--user"), QStringLiteral("--reason")},
                                         {QStringLiteral("--json"), QStringLiteral("--password-stdin"),
                                          QStringLiteral("--short-password"), QStringLiteral("--evidence")});
    if (!arguments)
        return printError(arguments.error());
    const QString name = arguments->words.isEmpty() ? QString() : arguments->words.takeFirst();
    const auto command = commands.find(name);
    if (command == commands.end())
        return printError(usage(
            Cli::tr("camera needs one of add, list, rename, remove, connection, password, zone, offset, tls, "
                    "offsite, merge, split")));
    return command->second({application, settings::Paths::of(options.data), *arguments});
}

} // namespace

Subcommand cameraSubcommand()
{
    return {QStringLiteral("camera"), Cli::tr("add, list and change cameras"),
            Cli::tr("  camera add NAME [--user USER]     create a login; print what to enter into the\n"
                    "                                    camera, and the password only this once\n"
                    "  camera list                       number, name, user, last upload, fault\n"
                    "  camera rename CAMERA NAME\n"
                    "  camera connection CAMERA          what to enter into it, but for the password\n"
                    "  camera password CAMERA            make a new password\n"
                    "  camera remove CAMERA [--evidence] [--reason TEXT]\n"
                    "                                    end its login; --evidence deletes its files\n"
                    "  camera zone CAMERA ZONE           the time zone of its clock: Europe/Berlin\n"
                    "  camera offset CAMERA SECONDS      how far its clock is ahead, or 'learn'\n"
                    "  camera tls CAMERA [required|optional] [1.0|1.1|1.2|1.3|default]\n"
                    "                                    whether it must encrypt, and the oldest TLS\n"
                    "  camera offsite CAMERA nothing|stills|low-res|everything|default\n"
                    "                                    what of it goes off-site\n"
                    "  camera merge CAMERA INTO          show both as one\n"
                    "  camera split NUMBER               undo a merge\n"
                    "\n"
                    "CAMERA is a name or a number. With --password-stdin, add and password read the\n"
                    "password from standard input; with --short-password they make one of 7 letters\n"
                    "and digits. --json prints JSON.\n"),
            runCamera};
}

} // namespace gatehouse::app
