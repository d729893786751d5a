#include "models/event_model.h"

#include "base/when_done.h"
#include "models/camera_model.h"
#include "models/event_words.h"
#include "models/refresh_throttle.h"
#include "models/row_diff.h"
#include "widgets/format.h"

#include <algorithm>

namespace gatehouse::models
{

namespace
{

constexpr int kEventRefreshMs = 100;
constexpr int kMaxMerged = 500;    // changed events at once; with more, the list is read again
constexpr int kMaxReread = 10'000; // rows that are read again after a reconnect

using EventsAnswer = Result<QVector<catalog::Event>>;

// Whether the day has events that fit, and if not, which are nearest.
Result<DayOfEvents> readDay(catalog::Reader &reader, const catalog::EventFilter &filter, TimeRange range)
{
    DayOfEvents day{range, true, false, {}, {}};
    const auto nearest = [&](bool before) -> Result<std::optional<catalog::Event>> {
        catalog::EventPageQuery query;
        query.filter = filter;
        query.limit = 1;
        query.newestFirst = before;
        // No event has the id 0: whatever starts at the end belongs to the next day.
        query.after = catalog::EventKey{range.end, {}};
        return reader.eventPage(query).map([](const QVector<catalog::Event> &found) {
            return found.isEmpty() ? std::nullopt : std::optional(found.first());
        });
    };
    const auto last = nearest(true);
    if (!last)
        return tl::unexpected(last.error());
    day.earlier = *last;
    day.isEmpty = !day.earlier || day.earlier->range.start < range.start;
    if (!day.isEmpty)
        return day;
    const auto next = nearest(false);
    if (!next)
        return tl::unexpected(next.error());
    day.later = *next;
    return day;
}

} // namespace

EventModel::EventModel(const Services &services, const CameraModel &cameras, QObject *parent)
    : QAbstractListModel(parent), m_services(services), m_cameras(cameras),
      m_refresh(new RefreshThrottle(
          kEventRefreshMs, [this] { read(); }, this))
{
    auto &changes = m_services.changes;
    connect(&changes, &catalog::Changes::eventsChanged, this, [this](const QVector<EventId> &events) {
        for (const EventId event : events)
            m_changed.insert(event);
        m_refresh->request();
    });
    connect(&changes, &catalog::Changes::reset, this, [this] {
        m_keepsLength = true;
        m_restarts = true;
        m_refresh->request();
    });
    connect(&cameras, &CameraModel::hiddenChanged, this, &EventModel::restart);
    connect(&cameras, &CameraModel::updated, this, [this] {
        QSet<CameraId> known;
        for (const catalog::Camera &camera : m_cameras.cameras())
            known.insert(camera.id);
        if (std::exchange(m_known, known) != known || !m_choice.text.isEmpty()) {
            m_keepsLength = true;
            m_restarts = true;
            m_refresh->request();
        }
        if (!m_events.isEmpty()) // names may have changed
            Q_EMIT dataChanged(index(0, 0), index(int(m_events.size()) - 1, 0), {Qt::DisplayRole});
    });
    m_refresh->request();
}

EventModel::~EventModel() = default;

catalog::EventFilter EventModel::filter() const
{
    catalog::EventFilter out;
    out.causes = m_choice.causes;
    out.reviewed = m_choice.reviewed;
    out.hasClip = m_choice.hasClip;
    out.onlyProtected = m_choice.onlyProtected;
    out.onlyUnsound = m_choice.onlyUnsound;
    const QSet<CameraId> hidden = m_cameras.hidden();
    if (m_choice.only.isValid()) {
        out.cameras = QVector<CameraId>{m_choice.only};
    } else if (!hidden.isEmpty()) {
        out.cameras = QVector<CameraId>();
        for (const catalog::Camera &camera : m_cameras.cameras()) {
            if (!hidden.contains(camera.id))
                out.cameras->append(camera.id);
        }
    }
    narrowByText(out, m_choice.text, m_cameras.cameras());
    return out;
}

bool EventModel::isListed(const catalog::Event &event, const catalog::EventFilter &filter) const
{
    return filter.matches(event) && (!m_end || event.range.start < *m_end) &&
           !m_withheld.contains(event.id) && m_cameras.camera(event.camera) != nullptr;
}

void EventModel::restart()
{
    m_loaded = false; // the coming rows are a new selection, not new events
    m_restarts = true;
    m_keepsLength = false;
    m_refresh->request();
}

void EventModel::read()
{
    if (std::exchange(m_restarts, false) || m_changed.size() > kMaxMerged) {
        const int length = m_keepsLength ? std::clamp(int(m_events.size()), kPage, kMaxReread) : kPage;
        m_keepsLength = false;
        m_changed.clear();
        ++m_generation;
        readPage({}, length);
    } else if (!m_changed.isEmpty()) {
        readChanged();
    } else if (std::exchange(m_wantsMore, false) && !m_events.isEmpty()) {
        readPage(catalog::keyOf(m_events.last()), kPage);
    } else {
        m_refresh->finished();
    }
}

void EventModel::readPage(std::optional<catalog::EventKey> after, int limit)
{
    catalog::EventPageQuery query;
    query.filter = filter();
    query.limit = limit;
    query.after = after;
    if (!after && m_end)
        query.after = catalog::EventKey{*m_end, {}};
    const TimeRange day = after ? TimeRange() : m_day.range;
    const auto question = [query, day](catalog::Reader &reader) -> Result<Answer> {
        auto events = reader.eventPage(query);
        if (!events)
            return tl::unexpected(events.error());
        Answer answer{std::move(*events), {}};
        if (!day.isEmpty()) {
            auto found = readDay(reader, query.filter, day);
            if (!found)
                return tl::unexpected(found.error());
            answer.day = *found;
        }
        return answer;
    };
    whenDone(m_services.reader.ask(question), this,
             [this, limit, isFirst = !after, asked = m_generation](const Result<Answer> &answer) {
                 if (answer && asked == m_generation) {
                     if (isFirst)
                         takeFirst(answer->events, limit);
                     else
                         append(answer->events, limit);
                     if (answer->day.isKnown && answer->day.range == m_day.range) {
                         m_day = answer->day;
                         Q_EMIT dayRead();
                     }
                 }
                 m_refresh->finished();
                 if (m_wantsMore || m_restarts)
                     m_refresh->request();
             });
}

void EventModel::takeFirst(QVector<catalog::Event> events, int limit)
{
    m_complete = events.size() < limit;
    events.removeIf([this](const catalog::Event &event) { return m_withheld.contains(event.id); });
    const qint64 newest = m_events.isEmpty() ? 0 : m_events.first().range.start;
    const auto newer = std::count_if(events.begin(), events.end(),
                                     [&](const auto &event) { return event.range.start > newest; });
    const bool announce = m_loaded && !m_events.isEmpty() && newer > 0;
    if (m_events.size() > events.size()) { // at once: row by row, a long list would take seconds
        beginRemoveRows({}, int(events.size()), int(m_events.size()) - 1);
        m_events.resize(events.size());
        endRemoveRows();
    }
    RowDiff::apply(this, m_events, events, [](const auto &event) { return event.id; });
    m_starts.clear();
    m_longest = 0;
    for (const catalog::Event &event : std::as_const(m_events)) {
        m_starts.insert(event.id, event.range.start);
        m_longest = std::max(m_longest, event.range.length());
    }
    m_loaded = true;
    Q_EMIT updated();
    if (announce)
        Q_EMIT newerArrived(int(newer));
}

void EventModel::append(QVector<catalog::Event> events, int limit)
{
    m_complete = events.size() < limit;
    // Some may have been merged in the meantime.
    const auto last = m_events.isEmpty() ? std::optional<catalog::EventKey>() : keyOf(m_events.last());
    events.removeIf([&](const catalog::Event &event) {
        return m_withheld.contains(event.id) || m_starts.contains(event.id) ||
               (last && keyOf(event) >= *last);
    });
    if (!events.isEmpty()) {
        beginInsertRows({}, int(m_events.size()), int(m_events.size() + events.size()) - 1);
        m_events += events;
        for (const catalog::Event &event : std::as_const(events)) {
            m_starts.insert(event.id, event.range.start);
            m_longest = std::max(m_longest, event.range.length());
        }
        endInsertRows();
    }
    Q_EMIT updated();
}

void EventModel::readChanged()
{
    const QVector<EventId> asked(m_changed.cbegin(), m_changed.cend());
    m_changed.clear();
    const TimeRange day = m_day.range;
    const auto question = [asked, day, filter = filter()](catalog::Reader &reader) -> Result<Answer> {
        Answer answer;
        for (const EventId id : asked) {
            const auto event = reader.event(id);
            if (!event)
                return tl::unexpected(event.error());
            if (*event)
                answer.events.append(**event);
        }
        if (!day.isEmpty()) {
            auto found = readDay(reader, filter, day);
            if (!found)
                return tl::unexpected(found.error());
            answer.day = *found;
        }
        return answer;
    };
    whenDone(m_services.reader.ask(question), this,
             [this, asked, generation = m_generation](const Result<Answer> &answer) {
                 if (answer && generation == m_generation) {
                     merge(asked, answer->events);
                     if (answer->day.isKnown && answer->day.range == m_day.range) {
                         m_day = answer->day;
                         Q_EMIT dayRead();
                     }
                 }
                 m_refresh->finished();
                 if (!m_changed.isEmpty() || m_wantsMore || m_restarts)
                     m_refresh->request();
             });
}

void EventModel::merge(const QVector<EventId> &asked, const QVector<catalog::Event> &found)
{
    const qint64 newest = m_events.isEmpty() ? 0 : m_events.first().range.start;
    const bool announce = m_loaded && !m_events.isEmpty();
    QHash<EventId, const catalog::Event *> byId;
    for (const catalog::Event &event : found)
        byId.insert(event.id, &event);
    const catalog::EventFilter fits = filter();
    int newer = 0;
    for (const EventId id : asked) {
        const catalog::Event *event = byId.value(id);
        const auto start = m_starts.constFind(id);
        const bool isLoaded = start != m_starts.constEnd();
        const bool stays = event != nullptr && isListed(*event, fits);
        if (isLoaded && (!stays || *start != event->range.start))
            removeRow(rowOf({*start, id}));
        if (!stays)
            continue;
        newer += !isLoaded && event->range.start > newest ? 1 : 0;
        put(*event);
    }
    m_loaded = true;
    Q_EMIT updated();
    if (announce && newer > 0)
        Q_EMIT newerArrived(newer);
}

// The first row that is not before the key's place in the list.
int EventModel::rowOf(const catalog::EventKey &key) const
{
    const auto at = std::lower_bound(
        m_events.begin(), m_events.end(), key,
        [](const catalog::Event &event, const catalog::EventKey &wanted) { return keyOf(event) > wanted; });
    return int(at - m_events.begin());
}

void EventModel::put(const catalog::Event &event)
{
    const int row = rowOf(keyOf(event));
    m_longest = std::max(m_longest, event.range.length());
    if (row < m_events.size() && m_events[row].id == event.id) {
        if (m_events[row] == event)
            return;
        m_events[row] = event;
        Q_EMIT dataChanged(index(row, 0), index(row, 0));
        return;
    }
    if (row == m_events.size() && !m_complete)
        return; // comes with its page
    beginInsertRows({}, row, row);
    m_events.insert(row, event);
    m_starts.insert(event.id, event.range.start);
    endInsertRows();
}

void EventModel::removeRow(int row)
{
    beginRemoveRows({}, row, row);
    m_starts.remove(m_events[row].id);
    m_events.remove(row);
    endRemoveRows();
}

bool EventModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_loaded && !m_complete && !m_wantsMore && !m_events.isEmpty();
}

void EventModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    m_wantsMore = true;
    m_refresh->request();
}

int EventModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_events.size());
}

QVariant EventModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const catalog::Event &found = m_events[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return spokenText(found, cameraNameOf(found));
    case Qt::ToolTipRole:
        return tr("%1, %2\n%3, %4\n%5")
            .arg(widgets::dayText(found.range.start), widgets::clockText(found.range.start),
                 cameraNameOf(found), kindText(found), widgets::countsText(found.clips, found.stills));
    case IdRole:
        return QVariant::fromValue(found.id);
    default:
        return {};
    }
}

QModelIndex EventModel::indexOf(EventId id) const
{
    const auto start = m_starts.constFind(id);
    return start == m_starts.constEnd() ? QModelIndex() : index(rowOf({*start, id}), 0);
}

QModelIndex EventModel::indexAt(CameraId camera, qint64 time) const
{
    // From the newest that has begun, as far back as one may still be going on.
    for (int row = rowBefore(time + 1); row < m_events.size(); ++row) {
        const catalog::Event &event = m_events[row];
        if (event.range.start + m_longest < time)
            break;
        if (event.camera == camera && time <= std::max(event.range.end, event.range.start))
            return index(row, 0);
    }
    return {};
}

int EventModel::rowBefore(qint64 time) const
{
    return rowOf({time, {}});
}

QString EventModel::cameraNameOf(const catalog::Event &event) const
{
    return m_cameras.nameOf(event.camera);
}

int EventModel::unreviewed() const
{
    return int(std::count_if(m_events.begin(), m_events.end(),
                             [](const catalog::Event &event) { return !event.reviewed; }));
}

void EventModel::setChoice(const EventChoice &choice)
{
    if (m_choice == choice)
        return;
    m_choice = choice;
    restart();
    Q_EMIT choiceChanged();
}

void EventModel::showOnly(CameraId camera)
{
    EventChoice choice = m_choice;
    choice.only = camera;
    setChoice(choice);
}

void EventModel::setEnd(std::optional<qint64> end)
{
    if (m_end == end)
        return;
    m_end = end;
    restart();
}

void EventModel::setDay(TimeRange day)
{
    if (m_day.range == day)
        return;
    m_day = {day, false, false, {}, {}};
    // Reads nothing but the day unless the list has to change, too.
    const auto question = [filter = filter(), day](catalog::Reader &reader) {
        return readDay(reader, filter, day);
    };
    whenDone(m_services.reader.ask(question), this, [this, day](const Result<DayOfEvents> &found) {
        if (!found || m_day.range != day)
            return;
        m_day = *found;
        Q_EMIT dayRead();
    });
}

void EventModel::setWithheld(const QSet<EventId> &events)
{
    const QSet<EventId> before = std::exchange(m_withheld, events);
    for (const EventId id : events) {
        if (const QModelIndex row = indexOf(id); row.isValid())
            removeRow(row.row());
    }
    for (const EventId id : before) {
        if (!events.contains(id))
            m_changed.insert(id); // back into its place
    }
    Q_EMIT updated();
    if (!m_changed.isEmpty())
        m_refresh->request();
}

} // namespace gatehouse::models
