// Lays out the review screen: cameras, player and events above, toolbar and timeline below. Knows only the
// layout rules, not the parts' functions. In a narrow window, cameras and events are drawers over the player.
// GUI thread.
#pragma once

#include "review/review_layout.h"

#include <QJsonObject>
#include <QWidget>

class QAction;
class QHBoxLayout;
class QStackedWidget;

namespace gatehouse::widgets
{
class IconButton;
}

namespace gatehouse::review
{

class Splitter;

struct ReviewParts {
    QWidget *cameras = nullptr;
    QWidget *player = nullptr;
    QWidget *events = nullptr;
    QWidget *toolbar = nullptr;
    QWidget *timeline = nullptr;
};

class ReviewPage : public QWidget
{
    Q_OBJECT

public:
    explicit ReviewPage(const ReviewParts &parts, QWidget *parent = nullptr);

    // Replaces cameras, player and events while there is nothing to review.
    void setEmptyState(QWidget *page);
    void showEmptyState(bool on);
    [[nodiscard]] bool isEmptyStateShown() const;

    [[nodiscard]] Columns columns() const { return m_columns; }
    [[nodiscard]] QAction *camerasAction() const { return m_showCameras; }
    [[nodiscard]] QAction *eventsAction() const { return m_showEvents; }

    // Sizes set by the user; empty: the defaults.
    [[nodiscard]] QJsonObject sizes() const;
    void setSizes(const QJsonObject &sizes);

Q_SIGNALS:
    void emptyStateShown(bool on);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *makeToolbar();
    void makeActions();
    void arrange();
    void setColumns(Columns columns);
    void toggleDrawer(QWidget *drawer);
    void placeDrawers();
    void rememberColumns();
    void rememberRows();

    ReviewParts m_parts;
    QStackedWidget *m_top;
    Splitter *m_upper;
    Splitter *m_rows;
    QWidget *m_toolbar = nullptr; // the part flanked by the drawers' buttons
    QWidget *m_camerasEdge;
    QWidget *m_eventsEdge;
    widgets::IconButton *m_camerasButton = nullptr;
    widgets::IconButton *m_eventsButton = nullptr;
    QAction *m_showCameras = nullptr;
    QAction *m_showEvents = nullptr;
    Columns m_columns = Columns::Full;
    int m_camerasWidth = 0; // set by the user; 0: the default
    int m_eventsWidth = 0;
    double m_upperShare = 0;
};

} // namespace gatehouse::review
