#include "app/cli/list_request.h"

#include "app/cli/arguments.h"
#include "app/cli/support.h"
#include "app/cli/text.h"
#include "base/iso_time.h"

#include <limits>

namespace gatehouse::app
{

namespace
{

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

} // namespace

QString ListRequest::optionsHelp()
{
    return Cli::tr("  --camera CAMERA   only of this camera: a name or a number\n"
                   "  --from TIME       ISO 8601, in this PC's zone unless it has an offset:\n"
                   "  --to TIME         2026-11-21, 2026-11-21T14:03, 2026-11-21T14:03+01:00\n"
                   "  --limit N         the newest N (default: 100)\n"
                   "  --json\n");
}

Result<ListRequest> ListRequest::parse(const Options &options)
{
    const auto arguments = CliArguments::parse(options,
                                               {QStringLiteral("--camera"), QStringLiteral("--from"),
                                                QStringLiteral("--to"), QStringLiteral("--limit")},
                                               {QStringLiteral("--json")});
    if (!arguments)
        return tl::unexpected(arguments.error());
    if (const auto understood = arguments->requireNoPositionals(); !understood)
        return tl::unexpected(understood.error());
    ListRequest out;
    out.json = arguments->json();
    out.isFiltered = arguments->has("--camera") || arguments->has("--from") || arguments->has("--to");
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

QString ListRequest::timeText(qint64 ms)
{
    return toIsoIn(QTimeZone::systemTimeZone(), ms);
}

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

} // namespace gatehouse::app
