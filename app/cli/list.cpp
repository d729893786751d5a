// gatehouse list, gatehouse events, gatehouse deletions
#include "app/cli/arguments.h"
#include "app/cli/subcommands.h"
#include "app/cli/support.h"
#include "app/cli/text.h"
#include "base/escaped.h"
#include "base/iso_time.h"

#include <QCoreApplication>
#include <QHash>
#include <limits>

namespace gatehouse::app
{

namespace
{

constexpr int kDefaultLimit = 100;
constexpr qsizetype kMaxPathLength = 4096;

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

struct ListRequest {
    std::unique_ptr<catalog::Reader> reader;
    QHash<CameraId, QString> names;
    CameraId camera;
    std::optional<TimeRange> range;
    int limit = kDefaultLimit;
    bool json = false;
};

Result<qint64> timeOf(const CliArguments &arguments, const char *name, qint64 fallback)
{
    if (!arguments.has(name))
        return fallback;
    const auto time = fromIso(arguments.value(name), QTimeZone::systemTimeZone());
    if (!time)
        return fail(ErrorKind::Invalid, Cli::tr("%1 needs a time such as 2026-11-21T14:03, not \"%2\"")
                                            .arg(QLatin1String(name), arguments.value(name)));
    return *time;
}

Result<ListRequest> parse(const Options &options)
{
    const auto arguments = CliArguments::parse(options.arguments,
                                               {QStringLiteral("--camera"), QStringLiteral("--from"),
                                                QStringLiteral("--to"), QStringLiteral("--limit")},
                                               {QStringLiteral("--json")});
    if (!arguments)
        return tl::unexpected(arguments.error());
    if (const auto understood = arguments->requireNoPositionals(); !understood)
        return tl::unexpected(understood.error());
    ListRequest out;
    out.json = arguments->json();
    const auto from = timeOf(*arguments, "--from", 0);
    const auto to = timeOf(*arguments, "--to", std::numeric_limits<qint64>::max());
    if (!from || !to)
        return tl::unexpected(!from ? from.error() : to.error());
    if (*from >= *to)
        return fail(ErrorKind::Invalid, Cli::tr("--from must be before --to"));
    if (arguments->has("--from") || arguments->has("--to"))
        out.range = TimeRange{*from, *to};
    if (arguments->has("--limit")) {
        bool isNumber = false;
        out.limit = arguments->value("--limit").toInt(&isNumber);
        if (!isNumber || out.limit < 1)
            return fail(ErrorKind::Invalid, Cli::tr("--limit needs a number of at least 1"));
    }
    auto reader = openCatalog(settings::Paths::of(options.data));
    if (!reader)
        return tl::unexpected(reader.error());
    out.reader = std::move(*reader);
    const auto cameras = out.reader->cameras();
    if (!cameras)
        return tl::unexpected(cameras.error());
    for (const catalog::Camera &camera : *cameras)
        out.names.insert(camera.id, camera.name);
    if (arguments->has("--camera")) {
        const auto camera = findCamera(*out.reader, arguments->value("--camera"));
        if (!camera)
            return tl::unexpected(camera.error());
        out.camera = camera->id;
    }
    return out;
}

QJsonObject toJson(const catalog::Item &item, const QString &camera)
{
    return {{QStringLiteral("id"), item.id.value},
            {QStringLiteral("camera"), camera},
            {QStringLiteral("kind"), nameOf(item.kind)},
            {QStringLiteral("trigger"), nameOf(item.trigger)},
            {QStringLiteral("subject"), orNull(nameOf(item.subject))},
            {QStringLiteral("captured"), toIsoUtc(item.captured)},
            {QStringLiteral("time_source"), nameOf(item.timeSource)},
            {QStringLiteral("received"), toIsoUtc(item.received)},
            {QStringLiteral("duration_ms"), item.durationKnown ? QJsonValue(item.duration) : QJsonValue()},
            {QStringLiteral("width"), item.width},
            {QStringLiteral("height"), item.height},
            {QStringLiteral("container"), orNull(item.container)},
            {QStringLiteral("video_codec"), orNull(item.videoCodec)},
            {QStringLiteral("audio_codec"), orNull(item.audioCodec)},
            {QStringLiteral("state"), nameOf(item.state)},
            {QStringLiteral("reason"), orNull(item.reason)},
            {QStringLiteral("event"), item.event.isValid() ? QJsonValue(item.event.value) : QJsonValue()},
            {QStringLiteral("bytes"), item.bytes},
            {QStringLiteral("sha256"), QString::fromLatin1(item.sha256.toHex())},
            {QStringLiteral("path"), item.path},
            {QStringLiteral("source_path"), item.sourcePath},
            {QStringLiteral("arrivals"), item.arrivals},
            {QStringLiteral("protected"), item.isProtected}};
}

QJsonObject toJson(const catalog::Event &event, const QString &camera)
{
    return {{QStringLiteral("id"), event.id.value},
            {QStringLiteral("camera"), camera},
            {QStringLiteral("start"), toIsoUtc(event.range.start)},
            {QStringLiteral("end"), toIsoUtc(event.range.end)},
            {QStringLiteral("trigger"), nameOf(event.trigger)},
            {QStringLiteral("subject"), orNull(nameOf(event.subject))},
            {QStringLiteral("stills"), event.stills},
            {QStringLiteral("clips"), event.clips},
            {QStringLiteral("reviewed"), event.reviewed},
            {QStringLiteral("protected"), event.isProtected}};
}

QJsonObject toJson(const catalog::Deletion &deletion, const QString &camera)
{
    return {{QStringLiteral("id"), deletion.item.value},
            {QStringLiteral("camera"), orNull(camera)},
            {QStringLiteral("kind"), nameOf(deletion.kind)},
            {QStringLiteral("captured"), toIsoUtc(deletion.captured)},
            {QStringLiteral("bytes"), deletion.bytes},
            {QStringLiteral("source_path"), deletion.sourcePath},
            {QStringLiteral("deleted"), toIsoUtc(deletion.at)},
            {QStringLiteral("reason"), deletion.reason}};
}

} // namespace

int runList(const Options &options)
{
    const auto request = parse(options);
    if (!request)
        return printError(request.error());
    catalog::ItemQuery query;
    query.camera = request->camera;
    query.range = request->range;
    query.limit = request->limit;
    const auto items = request->reader->items(query);
    if (!items)
        return printError(items.error());
    for (const catalog::Item &item : *items) {
        const QString camera = request->names.value(item.camera);
        if (request->json)
            printJson(toJson(item, camera));
        else
            printLine(QStringLiteral("%1  %2  %3  %4  %5")
                          .arg(toIsoUtc(item.captured), escaped(camera).leftJustified(20),
                               nameOf(item.kind).leftJustified(7), nameOf(item.state).leftJustified(10),
                               escaped(item.sourcePath, kMaxPathLength)));
    }
    return 0;
}

int runEvents(const Options &options)
{
    const auto request = parse(options);
    if (!request)
        return printError(request.error());
    catalog::EventQuery query;
    query.camera = request->camera;
    query.limit = request->limit;
    if (request->range) {
        query.from = request->range->start;
        query.before = request->range->end;
    }
    const auto events = request->reader->events(query);
    if (!events)
        return printError(events.error());
    for (const catalog::Event &event : *events) {
        const QString camera = request->names.value(event.camera);
        if (request->json)
            printJson(toJson(event, camera));
        else
            printLine(Cli::tr("%1  %2  %3 s  %4, %5")
                          .arg(toIsoUtc(event.range.start), escaped(camera).leftJustified(20),
                               QString::number(event.range.length() / 1000).rightJustified(5),
                               Cli::counted(event.stills, Cli::tr("1 still"), Cli::tr("%1 stills")),
                               Cli::counted(event.clips, Cli::tr("1 clip"), Cli::tr("%1 clips"))));
    }
    return 0;
}

int runDeletions(const Options &options)
{
    const auto request = parse(options);
    if (!request)
        return printError(request.error());
    catalog::DeletionQuery query;
    query.camera = request->camera;
    query.range = request->range;
    query.limit = request->limit;
    const auto deletions = request->reader->deletions(query);
    if (!deletions)
        return printError(deletions.error());
    for (const catalog::Deletion &deletion : *deletions) {
        const QString camera = request->names.value(deletion.camera);
        if (request->json)
            printJson(toJson(deletion, camera));
        else
            printLine(QStringLiteral("%1  %2  %3  %4")
                          .arg(toIsoUtc(deletion.at), escaped(camera).leftJustified(20),
                               escaped(deletion.sourcePath, kMaxPathLength), escaped(deletion.reason)));
    }
    return 0;
}

} // namespace gatehouse::app
