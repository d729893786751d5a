// The timeline: a row per track under a ruler and the strip of the whole day. The shell's only access to the
// timeline; communicates with the rest of the window only through Playhead and Selection. GUI thread, no I/O.
#pragma once

#include "models/event_navigator.h"
#include "timeline/lane_notes.h"
#include "timeline/lane_painter.h"
#include "timeline/recording_cache.h"
#include "timeline/timeline_axis.h"
#include "timeline/timeline_model.h"

#include <QDate>
#include <QSet>
#include <QTimer>
#include <QWidget>

class QScrollBar;

namespace gatehouse::models
{
class FramePreview;
class PosterCache;
} // namespace gatehouse::models

namespace gatehouse::widgets
{
class ElidedLabel;
}

namespace gatehouse::timeline
{

class HoverPreview;
class LaneHeaders;
class LaneView;
class OverviewStrip;
class Scrubber;
class TimeEntry;
class TimelineRuler;

class TimelinePanel : public QWidget
{
    Q_OBJECT

public:
    TimelinePanel(const models::Services &services, models::PosterCache &posters, models::Playhead &playhead,
                  models::Selection &selection, QWidget *parent = nullptr);
    ~TimelinePanel() override;

    [[nodiscard]] TimelineAxis &axis() { return *m_axis; }
    [[nodiscard]] const TimelineAxis &axis() const { return *m_axis; }
    // For kinds of tracks to register themselves.
    [[nodiscard]] TimelineModel &model() { return *m_model; }
    [[nodiscard]] RecordingCache &recordings() { return *m_recordings; }
    [[nodiscard]] LaneView &lanes() { return *m_lanes; }
    // Before the first upload, a sentence replaces the day's strip.
    void setWaiting(bool on);
    // Cameras without a row, as unchecked in the camera list.
    void setHiddenCameras(const QSet<CameraId> &hidden);

    // What is wrong with cameras, at the end of their lanes.
    void setNotes(const QHash<CameraId, LaneNote> &notes);

    void goToNow();
    // Zooms out until `t` (UTC ms) is in view together with "now", up to a day; an older `t` is centred.
    void widenTo(qint64 t);
    void goToNextEvent();
    void goToPreviousEvent();
    // Carries out what the key stands for on the timeline; false: nothing.
    bool useKey(int key);     // Qt::Key
    void zoom(double factor); // > 1 shows more; about the playhead if it is in view

Q_SIGNALS:
    void nothingThere(bool forwards, bool hasOther); // there is no event in that direction
    void todayChanged();                             // midnight has passed
    void noteClicked(gatehouse::CameraId camera);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void connectParts();
    void arrange();
    void updateVisibleRange();
    void keepPlayheadInView(qint64 t);
    void tick();
    void scrollTo(int y);
    void chooseNeighbour(int step);
    [[nodiscard]] bool isInView(TrackId track) const;
    void bringIntoView(TrackId track);
    [[nodiscard]] TrackId chosenTrack() const;
    void goToStart();
    [[nodiscard]] int lanesHeight() const;

    catalog::ReaderPool &m_reader;
    models::Playhead &m_playhead;
    models::Selection &m_selection;
    TimelineModel *m_model;
    RecordingCache *m_recordings;
    TimelineAxis *m_axis;
    Scrubber *m_scrubber;
    models::EventNavigator *m_navigator;
    LaneHeaders *m_headers;
    OverviewStrip *m_overview;
    widgets::ElidedLabel *m_purpose;
    TimelineRuler *m_ruler;
    LaneView *m_lanes;
    QScrollBar *m_bar;
    models::FramePreview *m_frames;
    HoverPreview *m_preview;
    TimeEntry *m_entry;
    QSet<CameraId> m_hidden;
    bool m_isWaiting = false;
    QVector<LanePlace> m_places;
    int m_scroll = 0;
    QTimer m_tick;
    int m_lastNowX = 0;
    QDate m_today;
    qint64 m_lastTime = 0;
};

} // namespace gatehouse::timeline
