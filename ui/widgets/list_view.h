// A list of painted rows: one row at a time, scrolled by pixels, no frame. Tells which row a person
// chose by click, Enter or an arrow key; a selection that only follows the rows says nothing. Arrow keys
// step from what was chosen a moment ago, even if the selection has followed a short clip's end since.
// GUI thread.
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
    // Keeps what is on screen where it is while rows are put in or taken out above it.
    void holdStill();
    void letGo();

Q_SIGNALS:
    void chosen(const QModelIndex &index);
    // at: global, for a menu; also by the Menu key.
    void menuRequested(const QModelIndex &index, QPoint at);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QPersistentModelIndex m_chosen; // last, by a person
    QElapsedTimer m_sinceChosen;
    QPersistentModelIndex m_anchor;
    int m_anchorTop = 0;
};

} // namespace gatehouse::widgets
