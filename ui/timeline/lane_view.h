// The lanes: painted into an image once per change of data or scale; playhead, pointer line, selection and
// "Now" are an overlay that repaints only its own few pixels. Turns pointer and wheel events into zoom, pan,
// scrubbing and selection. GUI thread, no I/O.
#pragma once

#include "models/selection.h"
#include "timeline/lane_notes.h"
#include "timeline/lane_painter.h"
#include "timeline/scrubber.h"
#include "timeline/timeline_axis.h"
#include "timeline/timeline_model.h"

#include <QWidget>
#include <optional>

namespace gatehouse::timeline
{

class LaneView : public QWidget
{
    Q_OBJECT

public:
    LaneView(const TimelineModel &model, TimelineAxis &axis, const models::Playhead &playhead,
             const models::Selection &selection, Scrubber &scrubber, QWidget *parent = nullptr);

    // Tops are relative to the first lane; scroll: how far they are scrolled up.
    void setLanes(const QVector<LanePlace> &lanes, int scroll);
    [[nodiscard]] int laneAt(int y) const; // -1: none
    // Logical pixels in this widget; empty: nothing selected, or not in view.
    [[nodiscard]] QRect selectionRect();
    // The text shown instead of the lanes if all tracks are hidden.
    [[nodiscard]] QString hint() const;
    // The tooltip there: the content of an hour or day, or what was deleted and why.
    [[nodiscard]] QString textAt(QPoint at) const;
    void setNotes(const QHash<CameraId, LaneNote> &notes);
    [[nodiscard]] const LaneNotes &notes() const { return m_notes; }
    // Of a lane's note; empty: none is in view.
    [[nodiscard]] QRect noteRect(const LanePlace &lane) const;
    // For screen readers: what is shown, where, and what a click there does. Global logical pixels.
    [[nodiscard]] const TimelineAxis &axis() const { return m_axis; }
    [[nodiscard]] const QVector<LanePlace> &lanes() const { return m_lanes; }
    [[nodiscard]] quint64 revision() const { return m_revision; } // another one: the content may differ
    [[nodiscard]] QRect globalRectOf(TrackId track, TimeRange range) const;
    [[nodiscard]] bool isSelected(ItemId item) const { return m_selection.item() == item; }
    void press(TrackId track, const SpokenItem &item);
    // The last full paint; tests compare it with the data.
    [[nodiscard]] const QImage &painted() const { return m_image; }

Q_SIGNALS:
    void itemClicked(gatehouse::CameraId camera, gatehouse::ItemId item, qint64 time);
    // Nothing to play, but something that belongs to this time, such as a deleted recording.
    void timeClicked(gatehouse::CameraId camera, qint64 time);
    // Nothing there. No camera: below the lanes, or a track that belongs to none.
    void emptyClicked(gatehouse::CameraId camera, qint64 time);
    void pointed(const QString &track, gatehouse::ItemId item, qint64 time, QPoint at);
    void pointedNowhere();
    void scrolled(int lines);
    void noteClicked(gatehouse::CameraId camera);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    bool event(QEvent *event) override;

private:
    void renew(); // repaints everything
    void render();
    void movePlayhead();
    void movePointer(int x);
    void findSelection();
    [[nodiscard]] const LanePlace *chosenLane() const; // null: not shown
    [[nodiscard]] const LanePlace *noteAt(QPoint at) const;
    void point(QPoint at);
    void click(QPoint at);
    void paintOverlay(QPainter &painter);
    void paintHint(QPainter &painter);
    void paintNow(QPainter &painter);
    [[nodiscard]] std::optional<double> playheadX() const;
    [[nodiscard]] std::optional<TrackHit> hit(QPoint at) const;
    [[nodiscard]] QRect column(double x, int reach) const;

    const TimelineModel &m_model;
    TimelineAxis &m_axis;
    const models::Playhead &m_playhead;
    const models::Selection &m_selection;
    Scrubber &m_scrubber;
    QVector<LanePlace> m_lanes;
    LaneNotes m_notes;
    int m_scroll = 0;
    QImage m_image;
    bool m_isRendered = false;
    std::optional<LaneSpan> m_selected;
    bool m_isSelectionSought = false;
    std::optional<double> m_paintedX; // where it was painted
    quint64 m_revision = 0;
    int m_pointer = -1;
    QPoint m_pressedAt;
    double m_lastX = 0;
    enum class Drag { None, Pressed, Pan, Scrub } m_drag = Drag::None;
};

} // namespace gatehouse::timeline
