// What `list`, `events` and `deletions` have in common: which camera, which time, how many, and the catalog
// they read. Values.
#pragma once

#include "app/cli/support.h"
#include "app/cli/text.h"
#include "app/options.h"
#include "base/ids.h"
#include "base/time_range.h"
#include "catalog/reader.h"

#include <QHash>
#include <QJsonObject>
#include <QJsonValue>
#include <limits>
#include <memory>
#include <optional>

namespace gatehouse::app
{

constexpr int kItemIdWidth = 16;           // digits; an id has at most 53 bits
constexpr qsizetype kMaxPathLength = 4096; // characters of a path in a line of text

struct ListRequest {
    std::unique_ptr<catalog::Reader> reader;
    QHash<CameraId, QString> names;
    CameraId camera;
    std::optional<TimeRange> range;
    int limit = 100;
    bool isFiltered = false; // by camera or time
    bool json = false;

    // One more than is printed, which shows whether there are more.
    [[nodiscard]] int queryLimit() const
    {
        return limit < std::numeric_limits<int>::max() ? limit + 1 : limit;
    }
    // An instant as `--from` takes it: in this PC's zone, with the offset.
    static QString timeText(qint64 ms);

    // The lines of a subcommand's help about these options.
    static QString optionsHelp();

    // Invalid: an option; NotFound: the camera. Opens the catalog.
    static Result<ListRequest> parse(const Options &options);
};

QJsonValue orNull(const QString &text);

// Prints rows of queryLimit(), newest first; for people, says what there is none of and whether there are
// more. Returns the exit code.
template<typename Row, typename ToJson, typename ToText>
int printRows(const ListRequest &request, const Result<QVector<Row>> &rows, ToJson toJson, ToText toText,
              const QString &none)
{
    if (!rows)
        return printError(rows.error());
    for (const Row &row : rows->mid(0, request.limit))
        request.json ? printJson(toJson(row)) : printLine(toText(row));
    if (!request.json && rows->isEmpty())
        printLine(request.isFiltered ? Cli::tr("Nothing matches") : none);
    if (!request.json && rows->size() > request.limit)
        printNote(Cli::counted(request.limit, Cli::tr("Only the newest; see more with --limit"),
                               Cli::tr("Only the newest %1; see more with --limit")));
    return 0;
}

} // namespace gatehouse::app
