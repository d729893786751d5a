#include "app/cli/list_request.h"
#include "app/cli/subcommands.h"
#include "app/cli/support.h"
#include "base/escaped.h"
#include "base/iso_time.h"

namespace gatehouse::app
{

namespace
{

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

int runDeletions(const Options &options)
{
    const auto request = ListRequest::parse(options);
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
