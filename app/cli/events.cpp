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

} // namespace

int runEvents(const Options &options)
{
    const auto request = ListRequest::parse(options);
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
                               Cli::counted(event.stills, Cli::tr("1 picture"), Cli::tr("%1 pictures")),
                               Cli::counted(event.clips, Cli::tr("1 clip"), Cli::tr("%1 clips"))));
    }
    return 0;
}

} // namespace gatehouse::app
