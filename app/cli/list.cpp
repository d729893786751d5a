// gatehouse list
#include "app/cli/list_request.h"
#include "app/cli/subcommands.h"
#include "app/cli/support.h"
#include "base/escaped.h"
#include "base/iso_time.h"

namespace gatehouse::app
{

namespace
{

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

QString toText(const catalog::Item &item, const QString &camera)
{
    return QStringLiteral("%1  %2  %3  %4  %5  %6")
        .arg(QString::number(item.id.value).rightJustified(kItemIdWidth),
             ListRequest::timeText(item.captured), escaped(camera).leftJustified(20),
             nameOf(item.kind).leftJustified(7), nameOf(item.state).leftJustified(10),
             escaped(item.sourcePath, kMaxPathLength));
}

int runList(QCoreApplication &, const Options &options)
{
    const auto request = ListRequest::parse(options);
    if (!request)
        return printError(request.error());
    catalog::ItemQuery query;
    query.camera = request->camera;
    query.range = request->range;
    query.limit = request->queryLimit();
    const auto camera = [&](const catalog::Item &item) { return request->names.value(item.camera); };
    return printRows(
        *request, request->reader->items(query),
        [&](const catalog::Item &item) { return toJson(item, camera(item)); },
        [&](const catalog::Item &item) { return toText(item, camera(item)); }, Cli::tr("No files yet"));
}

} // namespace

Subcommand listSubcommand()
{
    return {QStringLiteral("list"), Cli::tr("the files that are stored"),
            Cli::tr("  gatehouse list [--camera CAMERA] [--from TIME] [--to TIME] [--limit N]\n"
                    "\n") +
                ListRequest::optionsHelp() +
                Cli::tr("\n"
                        "Each row: id, when it was captured, camera, kind, state, path as the camera\n"
                        "sent it.\n"),
            runList};
}

} // namespace gatehouse::app
