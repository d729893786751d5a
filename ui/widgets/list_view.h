// A list of painted rows: pixel scrolling, no frame, single selection unless its owner allows several. Emits
// the row that the user chose by click, Enter or arrow key; marking with Shift or Ctrl and selection changes
// that only follow the rows are silent. Arrow keys continue from the most recent choice, even if the
// selection has since followed the end of a short clip. GUI thread.
#pragma once

#include <QElapsedTimer>
#include <QListView>

namespace gatehouse::widgets
{

class ListView : public QListView
{
    Q_OBJECT

public:
    explicit ListView(const QString &accessibleName, QWidget *parent = nullptr);

    [[nodiscard]] bool isAtTop() const;
    [[nodiscard]] bool isEditing() const { return state() == EditingState; }
    // Keeps the visible rows in place while rows above them are inserted or removed.
    void holdStill();
    void letGo();

Q_SIGNALS:
    void chosen(const QModelIndex &index);
    // at: global position of the menu; also for the Menu key.
    void menuRequested(const QModelIndex &index, QPoint at);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QPersistentModelIndex m_chosen; // the user's most recent choice
    QElapsedTimer m_sinceChosen;
    QPersistentModelIndex m_anchor;
    int m_anchorTop = 0;
};

} // namespace gatehouse::widgets
