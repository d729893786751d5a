// gatehouse events
#include "app/cli/list_request.h"
#include "app/cli/subcommands.h"
#include "app/cli/support.h"
#include "app/cli/text.h"
#include "base/escaped.h"
#include "base/iso_time.h"

namespace gatehouse::app
{

namespace
{

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

QString toText(const catalog::Event &event, const QString &camera)
{
    return Cli::tr("%1  %2  %3  %4 s  %5, %6")
        .arg(QString::number(event.id.value).rightJustified(8), ListRequest::timeText(event.range.start),
             escaped(camera).leftJustified(20),
             QString::number(event.range.length() / 1000).rightJustified(5),
             Cli::counted(event.stills, Cli::tr("1 picture"), Cli::tr("%1 pictures")),
             Cli::counted(event.clips, Cli::tr("1 clip"), Cli::tr("%1 clips")));
}

int runEvents(QCoreApplication &, const Options &options)
{
    const auto request = ListRequest::parse(options);
    if (!request)
        return printError(request.error());
    catalog::EventQuery query;
    query.camera = request->camera;
    query.limit = request->queryLimit();
    if (request->range) {
        query.from = request->range->start;
        query.before = request->range->end;
    }
    const auto camera = [&](const catalog::Event &event) { return request->names.value(event.camera); };
    return printRows(
        *request, request->reader->events(query),
        [&](const catalog::Event &event) { return toJson(event, camera(event)); },
        [&](const catalog::Event &event) { return toText(event, camera(event)); }, Cli::tr("No events yet"));
}

} // namespace

Subcommand eventsSubcommand()
{
    return {QStringLiteral("events"), Cli::tr("the files of each camera, grouped by time"),
            Cli::tr("  gatehouse events [--camera CAMERA] [--from TIME] [--to TIME] [--limit N]\n"
                    "\n") +
                ListRequest::optionsHelp() +
                Cli::tr("\n"
                        "Each row: id, start, camera, length, what it contains.\n"),
            runEvents};
}

} // namespace gatehouse::app
