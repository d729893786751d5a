// The review screen: creates the models, the lists, the player and the timeline around one Playhead and one
// Selection, and lays them out. GUI thread; the clock must outlive it.
#pragma once

#include "base/clock.h"
#include "cameras/camera_list.h"
#include "models/services.h"

#include <QJsonObject>
#include <functional>

class QAction;

namespace gatehouse::events
{
class EventActions;
class EventList;
} // namespace gatehouse::events

namespace gatehouse::models
{
class CameraModel;
class EventModel;
class Playhead;
class PosterCache;
class Selection;
} // namespace gatehouse::models

namespace gatehouse::player
{
class PlayerController;
}

namespace gatehouse::timeline
{
class TimelinePanel;
}

namespace gatehouse::review
{

class ReviewKeys;
class ReviewPage;
class WatchedEvents;

class ReviewScreen : public QWidget
{
    Q_OBJECT

public:
    ReviewScreen(const models::Services &services, const Clock &clock, QWidget *parent = nullptr);

    [[nodiscard]] models::CameraModel &cameras() const { return *m_cameras; }
    [[nodiscard]] models::EventModel &events() const { return *m_events; }
    [[nodiscard]] events::EventActions &actionsOnEvents() const { return *m_actions; }
    [[nodiscard]] events::EventList &eventList() const { return *m_eventList; }
    [[nodiscard]] cameras::CameraList &cameraList() const { return *m_cameraList; }
    [[nodiscard]] models::Playhead &playhead() const { return *m_playhead; }
    [[nodiscard]] models::Selection &selection() const { return *m_selection; }
    [[nodiscard]] ReviewPage &page() const { return *m_page; }

    // Whether events that were watched are marked as reviewed.
    void setReviewsWatched(bool on);
    // Selects a camera and scrolls to its row.
    void showCamera(CameraId camera);

    // Shown until the first upload, or as long as it is kept.
    void setEmptyState(QWidget *page);
    void keepEmptyState(bool on);

    // Sizes, hidden cameras and those shown in low quality, to be saved between runs.
    [[nodiscard]] QJsonObject state() const;
    void setState(const QJsonObject &state);

Q_SIGNALS:
    void cameraActionRequested(gatehouse::cameras::CameraAction action, gatehouse::CameraId camera);
    // undo: empty if there is nothing to undo
    void cameraToggled(const QString &sentence, const std::function<void()> &undo);
    void stateChanged();

private:
    void makeParts(const models::Services &services);
    void makeActions();
    void followDay(const timeline::TimelinePanel &timeline);
    void showTroubles(timeline::TimelinePanel &timeline);
    void refreshEmptyState();
    void focusWhereTheEyeIs();
    void deleteShownItem();
    void toggleCamera(CameraId camera); // hides or shows it

    models::Playhead *m_playhead;
    models::Selection *m_selection;
    models::PosterCache *m_posters;
    models::CameraModel *m_cameras;
    models::EventModel *m_events;
    events::EventActions *m_actions;
    cameras::CameraList *m_cameraList = nullptr;
    events::EventList *m_eventList = nullptr;
    WatchedEvents *m_watched = nullptr;
    player::PlayerController *m_player = nullptr;
    ReviewPage *m_page = nullptr;
    QWidget *m_empty = nullptr;
    bool m_isEmptyKept = false;
    ReviewKeys *m_keys = nullptr;
    QVector<QAction *> m_shortcuts; // of what the first page hides
    QWidget *m_timelinePart = nullptr;
};

} // namespace gatehouse::review
