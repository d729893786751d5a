// The row above the picture: camera, day and time, and the full-screen button. GUI thread.
#pragma once

#include <QWidget>

class QAction;

namespace gatehouse::widgets
{
class ElidedLabel;
}

namespace gatehouse::player
{

class PlayerTitle : public QWidget
{
    Q_OBJECT

public:
    // The button triggers `fullScreen`.
    explicit PlayerTitle(QAction *fullScreen, QWidget *parent = nullptr);

    // time: UTC ms; 0: none. Both empty: nothing is selected.
    void show(const QString &camera, qint64 time);
    [[nodiscard]] QString text() const; // "Driveway, Fri 12 June, 13:52:18"

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QString whenText() const;

    widgets::ElidedLabel *m_camera;
    QWidget *m_when; // the area where day and time are painted
    qint64 m_time = 0;
};

} // namespace gatehouse::player
