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

} // namespace

int runList(const Options &options)
{
    const auto request = ListRequest::parse(options);
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

} // namespace gatehouse::app
