// Paints one camera of the list: poster, name, a dot with the age or the problem, and the visibility check
// box. Narrower than 140 px, only the poster with its dot. GUI thread.
#pragma once

#include "widgets/theme.h"

#include <QStyledItemDelegate>

namespace gatehouse::models
{
class PosterCache;
}

namespace gatehouse::cameras
{

class CameraRowDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit CameraRowDelegate(models::PosterCache &posters, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &index) override;
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override;
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const override;

private:
    void paintWords(QPainter &painter, const QRectF &rect, const QModelIndex &index,
                    const widgets::Theme &theme) const;

    models::PosterCache &m_posters;
};

} // namespace gatehouse::cameras
