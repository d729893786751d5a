// Read-only queries to the catalog, each an index range. One Reader per thread (it owns a connection);
// ReaderPool queries from the GUI thread and returns a future. Blocks on disk: never on the GUI thread.
#pragma once

#include "base/result.h"
#include "catalog/changes.h"
#include "catalog/types/deletion.h"
#include "catalog/types/derivative.h"
#include "catalog/types/event.h"
#include "catalog/types/event_filter.h"
#include "catalog/types/item.h"
#include "catalog/types/state_snapshot.h"

#include <memory>
#include <optional>

namespace gatehouse::catalog
{

struct ItemQuery {
    CameraId camera; // none: all
    std::optional<TimeRange> range;
    int limit = 100;
    bool newestFirst = true;
};

struct EventQuery {
    CameraId camera;              // none: all
    std::optional<qint64> before; // events that start before this; none: the newest
    std::optional<qint64> from;   // events that start then or later
    int limit = 100;
};

// A page of a filtered list of events, continued from the last event of the page before.
struct EventPageQuery {
    EventFilter filter;
    std::optional<EventKey> after; // the event before the page, in its order; none: from the beginning
    int limit = 100;
    bool newestFirst = true;
};

class Reader
{
public:
    static Result<std::unique_ptr<Reader>> open(const QString &databasePath);
    ~Reader();
    Q_DISABLE_COPY_MOVE(Reader)

    Result<QVector<Camera>> cameras();
    Result<std::optional<Item>> item(ItemId id);
    Result<QVector<Item>> items(const ItemQuery &query);
    // Items not examined yet, newest first.
    Result<QVector<Item>> unexamined(int limit);
    // Those that have been made.
    Result<QHash<ItemId, Derivative>> derivatives(DerivativeKind kind, const QVector<ItemId> &items);
    // The newest clip between two items, exclusive, that can be shown and has no row of this kind; not one
    // whose examination took too long.
    Result<std::optional<Item>> newestClipWithout(DerivativeKind kind, ItemId after, ItemId before);
    // Everything made except posters, in the order in which to do without it: what nobody has asked for,
    // then the rest; the oldest items first.
    Result<QVector<Derivative>> copies(int limit);
    Result<qint64> copyBytes(); // of all those
    // What startup has to check: incomplete items whose name has since been used for something longer, and
    // recovered ones.
    Result<QVector<PartialUpload>> partialUploads();
    // Everything of a camera that intersects the range, sorted by capture time; each item with the subject of
    // its event.
    Result<QVector<TimelineItem>> timeline(CameraId camera, TimeRange range);
    // Of the camera's clips captured in the range, as far as it is known.
    Result<QHash<ItemId, MotionProfile>> motion(CameraId camera, TimeRange range);
    Result<QVector<Event>> events(const EventQuery &query);
    Result<QVector<Event>> eventPage(const EventPageQuery &query);
    Result<std::optional<Event>> event(EventId id);
    Result<QVector<Item>> eventItems(EventId id);
    // The event before or after an instant, on one camera or on any.
    Result<std::optional<Event>> eventBefore(CameraId camera, qint64 t);
    Result<std::optional<Event>> eventAfter(CameraId camera, qint64 t);
    Result<QVector<DayCount>> dayCounts(QDate first, QDate last);
    Result<QVector<HourCount>> hourCounts(TimeRange range);
    Result<QVector<Deletion>> deletions(const DeletionQuery &query);
    Result<QVector<DeletedSpan>> deletedSpans(CameraId camera, TimeRange range);
    Result<QHash<CameraId, QVector<DeletedSpan>>> deletedSpans(DeletionUnit unit, TimeRange range);
    // What only the catalog knows, for the backup next to the files.
    Result<StateSnapshot> state();
    // First capture to last end over all cameras; empty range: nothing stored.
    Result<TimeRange> extent();

private:
    struct Private;
    explicit Reader(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace gatehouse::catalog
