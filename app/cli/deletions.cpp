// gatehouse deletions
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
    return {
        {QStringLiteral("id"), deletion.item.value},
        {QStringLiteral("camera"), orNull(camera)},
        {QStringLiteral("kind"), nameOf(deletion.kind)},
        {QStringLiteral("captured"), toIsoUtc(deletion.captured)},
        {QStringLiteral("duration_ms"), deletion.duration ? QJsonValue(*deletion.duration) : QJsonValue()},
        {QStringLiteral("bytes"), deletion.bytes},
        {QStringLiteral("source_path"), deletion.sourcePath},
        {QStringLiteral("deleted"), toIsoUtc(deletion.at)},
        {QStringLiteral("reason"), deletion.reason}};
}

QString toText(const catalog::Deletion &deletion, const QString &camera)
{
    return QStringLiteral("%1  %2  %3  %4  %5")
        .arg(QString::number(deletion.item.value).rightJustified(kItemIdWidth),
             ListRequest::timeText(deletion.at), escaped(camera).leftJustified(20),
             escaped(deletion.sourcePath, kMaxPathLength), escaped(deletion.reason));
}

int runDeletions(QCoreApplication &, const Options &options)
{
    const auto request = ListRequest::parse(options);
    if (!request)
        return printError(request.error());
    catalog::DeletionQuery query;
    query.camera = request->camera;
    query.range = request->range;
    query.limit = request->queryLimit();
    const auto camera = [&](const catalog::Deletion &one) { return request->names.value(one.camera); };
    return printRows(
        *request, request->reader->deletions(query),
        [&](const catalog::Deletion &deletion) { return toJson(deletion, camera(deletion)); },
        [&](const catalog::Deletion &deletion) { return toText(deletion, camera(deletion)); },
        Cli::tr("Nothing was deleted in the last 400 days"));
}

} // namespace

Subcommand deletionsSubcommand()
{
    return {QStringLiteral("deletions"), Cli::tr("what was deleted in the last 400 days, and why"),
            Cli::tr("  gatehouse deletions [--camera CAMERA] [--from TIME] [--to TIME] [--limit N]\n"
                    "\n") +
                ListRequest::optionsHelp() +
                Cli::tr("\n"
                        "Each row: id, when it was deleted, camera, path as the camera sent it, why.\n"),
            runDeletions};
}

} // namespace gatehouse::app
