// The events of the shown cameras, newest first, filtered, read page by page down to the first one there is.
// Changes are merged row by row without resets, so that selection and scroll position are kept at any depth.
// GUI thread; queries go to the reader pool.
#pragma once

#include "base/time_range.h"
#include "catalog/types/event.h"
#include "catalog/types/event_filter.h"
#include "models/services.h"

#include <QAbstractListModel>
#include <QHash>
#include <QSet>

namespace gatehouse::models
{

class CameraModel;
class RefreshThrottle;
struct RowDiff;

// What a person chose to see.
struct EventChoice {
    CameraId only; // none: all shown cameras
    catalog::Causes causes = catalog::kAllCauses;
    std::optional<bool> reviewed; // none: both
    std::optional<bool> hasClip;  // false: pictures only; none: both
    bool onlyProtected = false;
    bool onlyUnsound = false;
    QString text; // words: parts of camera names or of kinds, as in "porch person"

    [[nodiscard]] bool isNarrowed() const { return *this != EventChoice(); }
    friend bool operator==(const EventChoice &, const EventChoice &) = default;
};

// The day that the timeline shows, as far as its events fit the choice.
struct DayOfEvents {
    TimeRange range; // UTC ms; empty: none yet
    bool isKnown = false;
    bool isEmpty = false;
    std::optional<catalog::Event> earlier, later; // the nearest ones, if it is empty
};

class EventModel : public QAbstractListModel
{
    Q_OBJECT
    friend struct RowDiff;

public:
    enum Role { IdRole = Qt::UserRole + 1 }; // EventId
    static constexpr int kPage = 200;        // events

    EventModel(const Services &services, const CameraModel &cameras, QObject *parent = nullptr);
    ~EventModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

    [[nodiscard]] const catalog::Event &event(int row) const { return m_events[row]; }
    [[nodiscard]] QModelIndex indexOf(EventId id) const;
    // The listed event of a camera at an instant; invalid: none.
    [[nodiscard]] QModelIndex indexAt(CameraId camera, qint64 time) const;
    // The row of the newest listed event that starts before `time`; rowCount(): none is loaded.
    [[nodiscard]] int rowBefore(qint64 time) const;
    [[nodiscard]] QString cameraNameOf(const catalog::Event &event) const;
    [[nodiscard]] int unreviewed() const; // among the loaded ones
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    // Whether the first event there is has been loaded.
    [[nodiscard]] bool isComplete() const { return m_complete; }

    [[nodiscard]] const EventChoice &choice() const { return m_choice; }
    void setChoice(const EventChoice &choice);
    [[nodiscard]] CameraId onlyCamera() const { return m_choice.only; }
    void showOnly(CameraId camera); // none: all shown cameras

    // The list begins with the last event before `end` (UTC ms); none: with the newest.
    void setEnd(std::optional<qint64> end);
    [[nodiscard]] std::optional<qint64> end() const { return m_end; }
    void setDay(TimeRange day);
    [[nodiscard]] const DayOfEvents &day() const { return m_day; }
    // Out of the list from now on, as if they were deleted already.
    void setWithheld(const QSet<EventId> &events);

Q_SIGNALS:
    void updated();               // after each result from the catalog
    void newerArrived(int count); // events inserted above the existing ones
    void dayRead();               // day() is known
    void choiceChanged();

private:
    struct Answer {
        QVector<catalog::Event> events; // a page, or the changed events that still exist
        DayOfEvents day;
    };
    void read();
    void readPage(std::optional<catalog::EventKey> after, int limit);
    void readChanged();
    void takeFirst(QVector<catalog::Event> events, int limit);
    void append(QVector<catalog::Event> events, int limit);
    void merge(const QVector<EventId> &asked, const QVector<catalog::Event> &found);
    void put(const catalog::Event &event);
    void removeRow(int row);
    void restart();
    [[nodiscard]] int rowOf(const catalog::EventKey &key) const;
    [[nodiscard]] bool isListed(const catalog::Event &event, const catalog::EventFilter &filter) const;
    [[nodiscard]] catalog::EventFilter filter() const;

    Services m_services;
    const CameraModel &m_cameras;
    RefreshThrottle *m_refresh;
    QVector<catalog::Event> m_events;
    QHash<EventId, qint64> m_starts; // of the loaded events: their keys
    qint64 m_longest = 0;            // ms: no loaded event is longer
    EventChoice m_choice;
    std::optional<qint64> m_end;
    DayOfEvents m_day;
    QSet<EventId> m_withheld;
    QSet<CameraId> m_known;  // cameras at the last look
    QSet<EventId> m_changed; // to be read again
    bool m_restarts = true;  // everything is to be read again
    bool m_keepsLength = false;
    bool m_wantsMore = false; // the next page is to be read
    bool m_loaded = false;
    bool m_complete = false;
    int m_generation = 0; // an answer to an older question is ignored
};

} // namespace gatehouse::models
