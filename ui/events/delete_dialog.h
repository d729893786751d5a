// Confirms a manual deletion: shows the amount, allows deselecting single items, and takes a reason for the
// list of deletions, if the user wants to give one. Protected items cannot be ticked. GUI thread; a modal
// dialog without its own event loop.
#pragma once

#include "catalog/types/camera.h"
#include "catalog/types/item.h"
#include "widgets/confirm_dialog.h"

class QComboBox;
class QPushButton;

namespace gatehouse::widgets
{
class NameList;
}

namespace gatehouse::events
{

class DeleteDialog : public widgets::ConfirmDialog
{
    Q_OBJECT

public:
    // items: not empty; of one or several events.
    DeleteDialog(const QVector<catalog::Item> &items, const QVector<catalog::Camera> &cameras,
                 QWidget *parent);

Q_SIGNALS:
    // what: "2 clips, 31 MB", for the message afterwards.
    void confirmed(const QVector<gatehouse::ItemId> &items, const QString &reason, const QString &what);

private:
    void fillItems();
    void refresh();
    [[nodiscard]] QVector<catalog::Item> ticked() const;
    [[nodiscard]] QString nameOf(CameraId camera) const;
    [[nodiscard]] QString where() const;
    [[nodiscard]] QString lineOf(const catalog::Item &item) const;

    QVector<catalog::Item> m_items;
    bool m_areSeveral = false; // of more than one camera
    QVector<catalog::Camera> m_cameras;
    widgets::NameList *m_list;
    QComboBox *m_reason;
    QPushButton *m_delete;
};

} // namespace gatehouse::events
