// The preview that follows the pointer over the lanes: the item's poster at once, its frame at the pointer's
// moment once the pointer rests, camera and time. Appears after a short delay, then without one until the
// pointer leaves. GUI thread.
#pragma once

#include "models/frame_preview.h"
#include "models/poster_cache.h"

#include <QTimer>
#include <QWidget>

namespace gatehouse::timeline
{

class HoverPreview : public QWidget
{
    Q_OBJECT

public:
    // host: the widget it moves in; at: the pointer's position in the host.
    HoverPreview(models::PosterCache &posters, models::FramePreview &frames, QWidget *host);

    // moment: UTC ms; time: the same in words.
    void point(ItemId item, qint64 moment, const QString &camera, const QString &time, QPoint at);
    void pointNowhere();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void place();

    models::PosterCache &m_posters;
    models::FramePreview &m_frames;
    QTimer m_delay;
    QTimer m_rest; // after this long without an item, the delay applies again
    ItemId m_item;
    QString m_camera;
    QString m_time;
    QPoint m_at;
};

} // namespace gatehouse::timeline
