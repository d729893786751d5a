// The right column: the last events as cards, newest first, of all shown cameras or of the chosen one.
// New ones appear at the top; while the list is scrolled they are only counted ("2 new").
// Choosing a card shows its first item. GUI thread.
#pragma once

#include "base/ids.h"

#include <QWidget>

class QLabel;
class QMenu;
class QModelIndex;
class QPushButton;
class QStackedLayout;

namespace gatehouse::models
{
class CameraModel;
class EventModel;
class Playhead;
class PosterCache;
class Selection;
} // namespace gatehouse::models

namespace gatehouse::widgets
{
class Badge;
class ListView;
} // namespace gatehouse::widgets

namespace gatehouse::events
{

class EventActions;

class EventList : public QWidget
{
    Q_OBJECT

public:
    EventList(models::EventModel &model, const models::CameraModel &cameras, models::PosterCache &posters,
              const models::Playhead &playhead, models::Selection &selection, EventActions &actions,
              QWidget *parent = nullptr);

    [[nodiscard]] widgets::ListView *view() const { return m_view; }
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

    models::EventModel &m_model;
    const models::CameraModel &m_cameras;
    const models::Playhead &m_playhead;
    models::Selection &m_selection;
    EventActions &m_actions;
    widgets::ListView *m_view;
    widgets::Badge *m_unreviewed = nullptr;
    QLabel *m_empty = nullptr;
    QPushButton *m_newer;
    QStackedLayout *m_stack = nullptr;
    int m_newAbove = 0;
};

} // namespace gatehouse::events
