// gatehouse camera add|list|rename|remove|password|zone|offset|tls|merge|split
#include "app/verb_arguments.h"
#include "app/verb_support.h"
#include "app/verb_text.h"
#include "app/verbs.h"
#include "base/escaped.h"
#include "base/iso_time.h"
#include "settings/settings.h"

#include <QCoreApplication>
#include <QTextStream>
#include <cmath>
#include <map>

namespace gatehouse::app
{

namespace
{

constexpr double kMaxSeconds = 1e9; // what an engine can be asked; it allows less

Error usage(const QString &text)
{
    return {ErrorKind::Invalid, text + Verbs::tr(". See gatehouse --help"), {}};
}

struct CameraVerb {
    QCoreApplication &application;
    settings::Paths paths;
    VerbArguments arguments;

    [[nodiscard]] QString word(qsizetype i) const { return arguments.words.value(i); }
    // Just so many, none of them empty.
    [[nodiscard]] bool hasWords(qsizetype count) const
    {
        return arguments.words.size() == count && !arguments.words.contains(QString());
    }
    int run(
        const QString &command, const QJsonObject &with,
        const std::function<void(const QJsonObject &)> &print = [](const QJsonObject &) {}) const
    {
        return runCommand(application, paths, command, with, print);
    }
    // Runs `then` with the camera that the word names.
    template<typename Then>
    int withCamera(qsizetype wordIndex, Then then) const
    {
        const auto camera = findCamera(paths, word(wordIndex));
        return camera ? then(*camera) : printError(camera.error());
    }
};

// Runs `then` with one line from standard input, without its end; empty where not asked for.
template<typename Then>
int withPassword(const VerbArguments &arguments, Then then)
{
    if (!arguments.has("--password-stdin"))
        return then(QString());
    const QString password = QTextStream(stdin).readLine();
    if (password.isEmpty())
        return printError(usage(Verbs::tr("No password came on the standard input")));
    return then(password);
}

std::function<void(const QJsonObject &)> passwordPrinter(const VerbArguments &arguments)
{
    return [json = arguments.json(), given = arguments.has("--password-stdin")](QJsonObject answer) {
        if (given)
            answer.remove(QStringLiteral("password")); // the caller has it; it need not stand in a log
        if (json) {
            printJson(answer);
            return;
        }
        printLine(Verbs::tr("User:     %1").arg(answer.value(QLatin1String("user")).toString()));
        if (!given)
            printLine(Verbs::tr("Password: %1   (shown this once)")
                          .arg(answer.value(QLatin1String("password")).toString()));
    };
}

int add(const CameraVerb &verb)
{
    if (!verb.hasWords(1))
        return printError(usage(Verbs::tr("camera add needs a name")));
    return withPassword(verb.arguments, [&](const QString &password) {
        return verb.run(QStringLiteral("camera.add"),
                        {{QStringLiteral("name"), verb.word(0)},
                         {QStringLiteral("user"), verb.arguments.value("--user")},
                         {QStringLiteral("password"), password}},
                        passwordPrinter(verb.arguments));
    });
}

QString minTlsOf(const catalog::Camera &camera, const settings::Receiver &receiver)
{
    const QString own = receiver.tlsRules.value(camera.user).least;
    return own.isEmpty() ? receiver.minTls : own;
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
            {QStringLiteral("tls_least"), minTlsOf(camera, receiver)},
            {QStringLiteral("created"), toIsoUtc(camera.created)},
            {QStringLiteral("last_received"),
             camera.lastReceived ? QJsonValue(toIsoUtc(camera.lastReceived)) : QJsonValue()},
            {QStringLiteral("items"), camera.items},
            {QStringLiteral("bytes"), camera.bytes}};
}

int list(const CameraVerb &verb)
{
    if (!verb.hasWords(0))
        return printError(usage(Verbs::tr("camera list takes no name")));
    const auto reader = openCatalog(verb.paths);
    if (!reader) {
        // No camera yet is an answer, not a failure.
        return reader.error().kind == ErrorKind::NotFound ? 0 : printError(reader.error());
    }
    const auto cameras = (*reader)->cameras();
    if (!cameras)
        return printError(cameras.error());
    const settings::Settings settings = settings::load(verb.paths.settings()).value_or(settings::Settings());
    for (const catalog::Camera &camera : *cameras) {
        if (verb.arguments.json()) {
            printJson(toJson(camera, settings.receiver));
            continue;
        }
        printLine(QStringLiteral("%1  %2  %3  %4")
                      .arg(QString::number(camera.id.value).rightJustified(4),
                           escaped(camera.name).leftJustified(24), escaped(camera.user).leftJustified(20),
                           camera.lastReceived ? toIsoUtc(camera.lastReceived) : Verbs::tr("nothing yet")));
    }
    return 0;
}

int rename(const CameraVerb &verb)
{
    if (!verb.hasWords(2))
        return printError(usage(Verbs::tr("camera rename needs a camera and a name")));
    return verb.withCamera(0, [&](const catalog::Camera &camera) {
        return verb.run(QStringLiteral("camera.rename"), {{QStringLiteral("camera"), camera.id.value},
                                                          {QStringLiteral("name"), verb.word(1)}});
    });
}

int remove(const CameraVerb &verb)
{
    if (!verb.hasWords(1))
        return printError(usage(Verbs::tr("camera remove needs a camera")));
    return verb.withCamera(0, [&](const catalog::Camera &camera) {
        return verb.run(QStringLiteral("camera.remove"),
                        {{QStringLiteral("camera"), camera.id.value},
                         {QStringLiteral("evidence"), verb.arguments.has("--evidence")},
                         {QStringLiteral("reason"), verb.arguments.value("--reason")}});
    });
}

int password(const CameraVerb &verb)
{
    if (!verb.hasWords(1))
        return printError(usage(Verbs::tr("camera password needs a camera")));
    return verb.withCamera(0, [&](const catalog::Camera &camera) {
        return withPassword(verb.arguments, [&](const QString &password) {
            return verb.run(
                QStringLiteral("camera.password"),
                {{QStringLiteral("camera"), camera.id.value}, {QStringLiteral("password"), password}},
                passwordPrinter(verb.arguments));
        });
    });
}

int zone(const CameraVerb &verb)
{
    if (!verb.hasWords(2))
        return printError(usage(Verbs::tr("camera zone needs a camera and a zone such as Europe/Berlin")));
    return verb.withCamera(0, [&](const catalog::Camera &camera) {
        return verb.run(QStringLiteral("camera.zone"), {{QStringLiteral("camera"), camera.id.value},
                                                        {QStringLiteral("zone"), verb.word(1)}});
    });
}

int offset(const CameraVerb &verb)
{
    bool isNumber = false;
    const double seconds = verb.word(1).toDouble(&isNumber);
    const bool learn = verb.word(1) == QLatin1String("learn");
    // "nan" and "inf" are numbers to the C library.
    const bool isSensible = isNumber && std::abs(seconds) <= kMaxSeconds;
    if (!verb.hasWords(2) || (!isSensible && !learn))
        return printError(usage(Verbs::tr("camera offset needs a camera and seconds, or 'learn'")));
    return verb.withCamera(0, [&](const catalog::Camera &camera) {
        QJsonObject with{{QStringLiteral("camera"), camera.id.value}};
        if (learn)
            with.insert(QStringLiteral("learn"), true);
        else
            with.insert(QStringLiteral("offset_ms"), qRound64(seconds * 1000));
        return verb.run(QStringLiteral("camera.offset"), with);
    });
}

int tls(const CameraVerb &verb)
{
    QJsonObject with;
    for (const QString &word : verb.arguments.words.mid(1)) {
        if (word == QLatin1String("required") || word == QLatin1String("optional"))
            with.insert(QStringLiteral("required"), word == QLatin1String("required"));
        else if (word == QLatin1String("default"))
            with.insert(QStringLiteral("least"), QString());
        else if (word.startsWith(QLatin1String("1."))) // the engine knows which there are
            with.insert(QStringLiteral("least"), word);
        else
            with.insert(QStringLiteral("unknown"), word);
    }
    if (with.isEmpty() || with.size() != verb.arguments.words.size() - 1 ||
        with.contains(QStringLiteral("unknown")))
        return printError(
            usage(Verbs::tr("camera tls needs a camera and 'required' or 'optional', the oldest version "
                            "as 1.0 to 1.3 or 'default', or both")));
    return verb.withCamera(0, [&](const catalog::Camera &camera) {
        with.insert(QStringLiteral("camera"), camera.id.value);
        return verb.run(QStringLiteral("camera.tls"), with);
    });
}

int merge(const CameraVerb &verb)
{
    if (!verb.hasWords(2))
        return printError(usage(Verbs::tr("camera merge needs the camera and the one it goes into")));
    return verb.withCamera(0, [&](const catalog::Camera &from) {
        return verb.withCamera(1, [&](const catalog::Camera &into) {
            return verb.run(QStringLiteral("camera.merge"), {{QStringLiteral("from"), from.id.value},
                                                             {QStringLiteral("into"), into.id.value}});
        });
    });
}

// A merged camera is no longer listed, so it is named by its number.
int split(const CameraVerb &verb)
{
    bool isNumber = false;
    const qint64 id = verb.word(0).toLongLong(&isNumber);
    if (!isNumber || !verb.hasWords(1))
        return printError(usage(Verbs::tr("camera split needs the number of the camera that was merged")));
    return verb.run(QStringLiteral("camera.split"), {{QStringLiteral("camera"), id}});
}

} // namespace

int runCameraVerb(QCoreApplication &application, const Options &options)
{
    static const std::map<QString, int (*)(const CameraVerb &)> verbs{
        {QStringLiteral("add"), add},           {QStringLiteral("list"), list},
        {QStringLiteral("rename"), rename},     {QStringLiteral("remove"), remove},
        {QStringLiteral("password"), password}, {QStringLiteral("zone"), zone},
        {QStringLiteral("offset"), offset},     {QStringLiteral("tls"), tls},
        {QStringLiteral("merge"), merge},       {QStringLiteral("split"), split}};
    auto arguments = VerbArguments::parse(
        options.arguments, {QStringLiteral("--user"), QStringLiteral("--reason")},
        {QStringLiteral("--json"), QStringLiteral("--password-stdin"), QStringLiteral("--evidence")});
    if (!arguments)
        return printError(arguments.error());
    const QString name = arguments->words.isEmpty() ? QString() : arguments->words.takeFirst();
    const auto verb = verbs.find(name);
    if (verb == verbs.end())
        return printError(usage(Verbs::tr(
            "camera needs one of add, list, rename, remove, password, zone, offset, tls, merge, split")));
    return verb->second({application, settings::Paths::of(options.data), *arguments});
}

} // namespace gatehouse::app
