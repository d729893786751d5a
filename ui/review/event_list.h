// The right column: the last events as cards, newest first, of all shown cameras or of the chosen one.
// New ones appear at the top; while the list is scrolled they are only counted ("2 new").
// Choosing a card moves the Playhead. GUI thread.
#pragma once

#include "base/ids.h"

#include <QWidget>

class QLabel;
class QMenu;
class QModelIndex;
class QPushButton;
class QStackedLayout;

namespace gatehouse::widgets
{
class Badge;
}

namespace gatehouse::review
{

class CameraModel;
class EventActions;
class EventModel;
class ListView;
class Playhead;
class PosterCache;

class EventList : public QWidget
{
    Q_OBJECT

public:
    EventList(EventModel &model, const CameraModel &cameras, PosterCache &posters, Playhead &playhead,
              EventActions &actions, QWidget *parent = nullptr);

    [[nodiscard]] ListView *view() const { return m_view; }
    [[nodiscard]] int newAbove() const { return m_newAbove; }

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *makeHeader();
    QWidget *makeEmpty();
    void play(const QModelIndex &index);
    void showMenu(const QModelIndex &index, QPoint at);
    void fillFilter(QMenu *menu);
    void fillMore(QMenu *menu);
    void refreshHeader();
    void selectAtPlayhead();
    void setNewAbove(int count);

    EventModel &m_model;
    const CameraModel &m_cameras;
    Playhead &m_playhead;
    EventActions &m_actions;
    ListView *m_view;
    widgets::Badge *m_unreviewed = nullptr;
    QLabel *m_empty = nullptr;
    QPushButton *m_newer;
    QStackedLayout *m_stack = nullptr;
    int m_newAbove = 0;
};

} // namespace gatehouse::review
