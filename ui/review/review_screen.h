// The review screen: makes the models, the lists, the player and the timeline around one Playhead and
// gives them their places. GUI thread; the clock outlives it.
#pragma once

#include "base/clock.h"
#include "review/camera_list.h"
#include "review/services.h"

#include <QJsonObject>
#include <functional>

class QAction;

namespace gatehouse::review
{

class CameraModel;
class EventActions;
class EventModel;
class Playhead;
class PosterCache;
class ReviewPage;

class ReviewScreen : public QWidget
{
    Q_OBJECT

public:
    ReviewScreen(const Services &services, const Clock &clock, QWidget *parent = nullptr);

    [[nodiscard]] CameraModel &cameras() const { return *m_cameras; }
    [[nodiscard]] EventModel &events() const { return *m_events; }
    [[nodiscard]] EventActions &actionsOnEvents() const { return *m_actions; }
    [[nodiscard]] CameraList &cameraList() const { return *m_cameraList; }
    [[nodiscard]] Playhead &playhead() const { return *m_playhead; }
    [[nodiscard]] ReviewPage &page() const { return *m_page; }

    // Chooses a camera and brings its row into view.
    void showCamera(CameraId camera);

    // Stands there until the first upload.
    void setEmptyState(QWidget *page);

    // Sizes and hidden cameras, to be kept between starts.
    [[nodiscard]] QJsonObject state() const;
    void setState(const QJsonObject &state);

Q_SIGNALS:
    void cameraActionRequested(gatehouse::review::CameraAction action, gatehouse::CameraId camera);
    void stateChanged();

private:
    void makeParts(const Services &services);
    void refreshEmptyState();
    void deleteShownItem();

    Playhead *m_playhead;
    PosterCache *m_posters;
    CameraModel *m_cameras;
    EventModel *m_events;
    EventActions *m_actions;
    CameraList *m_cameraList = nullptr;
    ReviewPage *m_page = nullptr;
    QWidget *m_empty = nullptr;
};

} // namespace gatehouse::review
