#include "models/event_model.h"

#include "base/when_done.h"
#include "models/camera_model.h"
#include "models/refresh_throttle.h"
#include "models/row_diff.h"
#include "widgets/format.h"

#include <QCoreApplication>
#include <algorithm>

namespace gatehouse::models
{

namespace
{
constexpr int kEventRefreshMs = 100;
// Hidden cameras' events are filtered out after reading, so request a few more.
constexpr int kSpareForHidden = 2;
} // namespace

EventModel::EventModel(const Services &services, const CameraModel &cameras, QObject *parent)
    : QAbstractListModel(parent), m_services(services), m_cameras(cameras),
      m_refresh(new RefreshThrottle(
          kEventRefreshMs, [this] { read(); }, this))
{
    auto &changes = m_services.changes;
    const auto request = [this] { m_refresh->request(); };
    connect(&changes, &catalog::Changes::eventsChanged, this, request);
    connect(&changes, &catalog::Changes::itemsRemoved, this, request);
    connect(&changes, &catalog::Changes::reset, this, request);
    connect(&cameras, &CameraModel::hiddenChanged, this, request);
    connect(&cameras, &CameraModel::updated, this, [this] {
        if (!m_events.isEmpty()) // names may have changed
            Q_EMIT dataChanged(index(0, 0), index(int(m_events.size()) - 1, 0), {Qt::DisplayRole});
    });
    m_refresh->request();
}

EventModel::~EventModel() = default;

void EventModel::read()
{
    catalog::EventQuery query;
    query.camera = m_only;
    query.limit = m_cameras.hidden().isEmpty() || m_only.isValid() ? kLimit : kLimit * kSpareForHidden;
    const auto question = [query](catalog::Reader &reader) { return reader.events(query); };
    whenDone(m_services.reader.ask(question), this,
             [this, asked = m_only](const Result<QVector<catalog::Event>> &events) {
                 if (events && asked == m_only)
                     take(*events);
                 m_refresh->finished();
             });
}

void EventModel::take(QVector<catalog::Event> events)
{
    const QSet<CameraId> hidden = m_cameras.hidden();
    if (!m_only.isValid() && !hidden.isEmpty())
        events.removeIf([&](const catalog::Event &event) { return hidden.contains(event.camera); });
    if (events.size() > kLimit)
        events.resize(kLimit);
    const qint64 newest = m_events.isEmpty() ? 0 : m_events.first().range.start;
    const auto newer = std::count_if(events.begin(), events.end(),
                                     [&](const auto &event) { return event.range.start > newest; });
    const bool announce = m_loaded && !m_events.isEmpty() && newer > 0;
    RowDiff::apply(this, m_events, events, [](const auto &event) { return event.id; });
    m_loaded = true;
    Q_EMIT updated();
    if (announce)
        Q_EMIT newerArrived(int(newer));
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
        return tr("%1, %2, %3")
            .arg(widgets::clockText(found.range.start), cameraNameOf(found), kindText(found));
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
    const auto found = std::find_if(m_events.begin(), m_events.end(),
                                    [id](const catalog::Event &event) { return event.id == id; });
    return found == m_events.end() ? QModelIndex() : index(int(found - m_events.begin()), 0);
}

QModelIndex EventModel::indexAt(CameraId camera, qint64 time) const
{
    const auto found = std::find_if(m_events.begin(), m_events.end(), [&](const catalog::Event &event) {
        return event.camera == camera && event.range.start <= time &&
               time <= std::max(event.range.end, event.range.start);
    });
    return found == m_events.end() ? QModelIndex() : index(int(found - m_events.begin()), 0);
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

void EventModel::showOnly(CameraId camera)
{
    if (m_only == camera)
        return;
    m_only = camera;
    m_loaded = false; // the coming rows are a new selection, not new events
    m_refresh->request();
}

QString kindText(const catalog::Event &event)
{
    switch (event.subject) {
    case Subject::Person:
        return EventModel::tr("person");
    case Subject::Vehicle:
        return EventModel::tr("vehicle");
    case Subject::Face:
        return EventModel::tr("face");
    case Subject::Animal:
        return EventModel::tr("animal");
    case Subject::None:
        break;
    }
    switch (event.trigger) {
    case Trigger::Motion:
        return EventModel::tr("motion");
    case Trigger::Sound:
        return EventModel::tr("sound");
    case Trigger::Schedule:
        return EventModel::tr("by schedule");
    case Trigger::Manual:
        return EventModel::tr("by hand");
    case Trigger::Unknown:
        break;
    }
    return EventModel::tr("recording");
}

} // namespace gatehouse::models
