// What `list`, `events` and `deletions` have in common: which camera, which time, how many, and the catalog
// they read. Values.
#pragma once

#include "app/options.h"
#include "base/ids.h"
#include "base/time_range.h"
#include "catalog/reader.h"

#include <QHash>
#include <QJsonValue>
#include <memory>
#include <optional>

namespace gatehouse::app
{

constexpr qsizetype kMaxPathLength = 4096; // characters of a path in a line of text

struct ListRequest {
    std::unique_ptr<catalog::Reader> reader;
    QHash<CameraId, QString> names;
    CameraId camera;
    std::optional<TimeRange> range;
    int limit = 100;
    bool json = false;

    // Invalid: an option; NotFound: the camera. Opens the catalog.
    static Result<ListRequest> parse(const Options &options);
};

QJsonValue orNull(const QString &text);

} // namespace gatehouse::app
