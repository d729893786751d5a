// The left column: the cameras with a search field and a button to add one. Choosing a row selects
// its camera; what else a person wants done to a camera is emitted as actionRequested(). In a column
// narrower than 140 px only the posters are left. GUI thread.
#pragma once

#include "base/ids.h"

#include <QWidget>

class QLabel;
class QModelIndex;
class QSortFilterProxyModel;

namespace gatehouse::models
{
class CameraModel;
class PosterCache;
class Selection;
} // namespace gatehouse::models

namespace gatehouse::widgets
{
class IconButton;
class ListView;
class SearchField;
} // namespace gatehouse::widgets

namespace gatehouse::cameras
{

enum class CameraAction { Add, Trouble, Connection, Password, Encryption, Zone, Clock, Merge, Split, Remove };

class CameraList : public QWidget
{
    Q_OBJECT

public:
    CameraList(models::CameraModel &model, models::PosterCache &posters, models::Selection &selection,
               QWidget *parent = nullptr);

    [[nodiscard]] widgets::ListView *view() const { return m_view; }
    void startRenaming(CameraId camera);
    void clearSearch();

Q_SIGNALS:
    // Split: for a camera that was merged into another and has no row of its own.
    void actionRequested(gatehouse::cameras::CameraAction action, gatehouse::CameraId camera);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *makeHeader();
    void showMenu(const QModelIndex &index, QPoint at);
    void followSelection();
    [[nodiscard]] static CameraId idOf(const QModelIndex &index);

    models::CameraModel &m_model;
    models::Selection &m_selection;
    QSortFilterProxyModel *m_rows;
    widgets::ListView *m_view;
    QLabel *m_title = nullptr;
    widgets::SearchField *m_search;
    widgets::IconButton *m_searchButton = nullptr;
};

} // namespace gatehouse::cameras
