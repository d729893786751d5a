// The tile: one picture, never cropped, with our labels at its bottom; in place of a picture a sentence
// that says why there is none, with one thing to do about it. GUI thread.
#pragma once

#include "media/playback/player_picture.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QAction;
class QPushButton;

namespace gatehouse::player
{

class PictureView : public QWidget
{
    Q_OBJECT

public:
    explicit PictureView(QWidget *parent = nullptr);

    void show(const media::PicturePtr &picture);
    // `icon`: of the theme's icons; `way`: what the link below does, null for none.
    void showReason(const QString &icon, const QString &sentence, QAction *way = nullptr);
    void setCaption(const QString &name, const QString &time);
    void setQuality(const QString &text);
    // A sentence over the bottom of the picture: which clip comes, where a recording ends. It goes after
    // `milliseconds`, or stays until the next call (0). Empty: none.
    void setNote(const QString &icon, const QString &sentence, int milliseconds, bool isWarning = false);
    // Nothing around the picture: no corners, no frame, a dark ground (full screen).
    void setBare(bool on);

    [[nodiscard]] media::PicturePtr picture() const { return m_picture; }
    [[nodiscard]] QString reason() const { return m_reason; }
    [[nodiscard]] QString note() const { return m_note; }
    [[nodiscard]] QString caption() const { return m_name + QLatin1Char(' ') + m_time; }
    [[nodiscard]] QString quality() const { return m_quality; }
    [[nodiscard]] QRect tile() const; // where the picture or the reason stands
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void tileResized(QSize devicePixels); // the room there is for a picture
    void doubleClicked();
    void clicked();

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
    QPointer<QAction> m_way;
};

} // namespace gatehouse::player
