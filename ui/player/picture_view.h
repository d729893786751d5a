// The tile: one frame, never cropped, with our labels at its bottom; without a frame, a sentence that says
// why, with one action. GUI thread.
#pragma once

#include "media/playback/player_picture.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <optional>

class QAction;
class QPushButton;

namespace gatehouse::widgets
{
class SegmentedControl;
}

namespace gatehouse::player
{

class PictureView : public QWidget
{
    Q_OBJECT

public:
    explicit PictureView(QWidget *parent = nullptr);

    void show(const media::PicturePtr &picture);
    // `icon`: one of the theme's icons; `way`: the action of the link below, or null.
    void showReason(const QString &icon, const QString &sentence, QAction *way = nullptr);
    void setCaption(const QString &name, const QString &time);
    void setQuality(const QString &text);
    // The switch in the corner. `percent`: of the low quality that is being made; none: it is not.
    // `whyNotLow`: why HD plays although low is chosen; empty: it does not. Hidden without a picture.
    void setQualitySwitch(bool isThere, bool isLow, std::optional<int> percent, const QString &whyNotLow);
    // A sentence over the bottom of the picture: the next clip, the end of a recording. Disappears after
    // `milliseconds`, or stays until the next call (0). Empty: none.
    void setNote(const QString &icon, const QString &sentence, int milliseconds, bool isWarning = false);
    // Nothing around the picture: no rounded corners, no frame, a dark background (full screen).
    void setBare(bool on);

    [[nodiscard]] media::PicturePtr picture() const { return m_picture; }
    [[nodiscard]] QString reason() const { return m_reason; }
    [[nodiscard]] QString note() const { return m_note; }
    [[nodiscard]] QString caption() const { return m_name + QLatin1Char(' ') + m_time; }
    [[nodiscard]] QString quality() const { return m_quality; }
    [[nodiscard]] const widgets::SegmentedControl &qualitySwitch() const { return *m_switch; }
    [[nodiscard]] QRect tile() const; // the area of the picture or the sentence
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void tileResized(QSize devicePixels); // the space for a frame
    void doubleClicked();
    void clicked();
    void lowChosen(bool on);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void paintPicture(QPainter &painter, const QRect &tile);
    void paintReason(QPainter &painter, const QRect &tile);
    void paintLabels(QPainter &painter, const QRect &tile);
    void placeLink();
    void placeSwitch();
    [[nodiscard]] QRect reasonText(const QRect &tile) const;

    media::PicturePtr m_picture;
    QString m_reason;
    QString m_reasonIcon;
    QString m_name;
    QString m_time;
    QString m_quality;
    QString m_note;
    QString m_noteIcon;
    bool m_noteWarns = false;
    bool m_bare = false;
    QTimer m_noteTimer;
    QPushButton *m_link;
    widgets::SegmentedControl *m_switch;
    bool m_hasSwitch = false;
    QPointer<QAction> m_way;
};

} // namespace gatehouse::player
