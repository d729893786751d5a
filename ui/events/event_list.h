// The right column: the events as cards, newest first, down to the first one there is. It follows the
// timeline's day, is filtered by kind (the legend), marks and text, and several can be marked at once. New
// events appear at the top; while the list is scrolled they are only counted ("2 new"). Choosing a card shows
// its first item. GUI thread.
#pragma once

#include "base/ids.h"
#include "base/time_range.h"

#include <QWidget>

class QLabel;
class QMenu;
class QModelIndex;
class QPushButton;
class QStackedLayout;
class QVBoxLayout;

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
class IconButton;
class ListView;
class SearchField;
} // namespace gatehouse::widgets

namespace gatehouse::events
{

class DayBar;
class EventActions;
class EventLegend;
class MarkedBar;

class EventList : public QWidget
{
    Q_OBJECT

public:
    EventList(models::EventModel &model, const models::CameraModel &cameras, models::PosterCache &posters,
              const models::Playhead &playhead, models::Selection &selection, EventActions &actions,
              QWidget *parent = nullptr);

    [[nodiscard]] widgets::ListView *view() const { return m_view; }
    [[nodiscard]] int newAbove() const { return m_newAbove; }
    [[nodiscard]] DayBar &dayBar() const { return *m_day; }
    [[nodiscard]] EventLegend &legend() const { return *m_legend; }
    [[nodiscard]] widgets::SearchField &search() const { return *m_search; }

    // The timeline shows another day: so does the list.
    void followDay(TimeRange day, bool isToday);
    // Plays the card below (1) or above (-1) the current one, or the nearest one to the playhead.
    void step(int cards);
    // The marked events, newest first, or the current one.
    [[nodiscard]] QVector<EventId> marked() const;
    void toggleReviewed(); // of the marked ones
    void deleteMarked();
    void startSearch();

Q_SIGNALS:
    void timeRequested(qint64 time); // UTC ms: the timeline goes there
    void newestRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void makeParts();
    QWidget *makeHeader();
    QWidget *makeEmpty();
    QWidget *makeNewer();
    void connectModel();
    void play(const QModelIndex &index);
    void showMenu(const QModelIndex &index, QPoint at);
    void fillFilter(QMenu *menu);
    void fillMore(QMenu *menu);
    void refreshHeader();
    void refreshMarked();
    void fetchBelow();
    void showDay();
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
    QPushButton *m_clear = nullptr; // in place of the cards if the filter finds none
    widgets::IconButton *m_filter = nullptr;
    widgets::IconButton *m_searchButton = nullptr;
    widgets::SearchField *m_search;
    EventLegend *m_legend;
    DayBar *m_day;
    MarkedBar *m_marked;
    QWidget *m_newerRow = nullptr;
    QPushButton *m_newer;
    QStackedLayout *m_stack = nullptr;
    int m_newAbove = 0;
    TimeRange m_followed;    // the day it followed last
    bool m_showsDay = false; // once the rows are there
};

} // namespace gatehouse::events
