// Confirms a manual deletion: shows the amount, allows deselecting single items, and requires a reason, which
// is recorded with the deletion. Protected items cannot be ticked.
// GUI thread; a modal dialog without its own event loop.
#pragma once

#include "catalog/types/item.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QListWidget;
class QPushButton;

namespace gatehouse::events
{

class DeleteDialog : public QDialog
{
    Q_OBJECT

public:
    DeleteDialog(const QVector<catalog::Item> &items, const QString &camera, QWidget *parent);

Q_SIGNALS:
    // what: "2 clips, 31 MB", for the message afterwards.
    void confirmed(const QVector<gatehouse::ItemId> &items, const QString &reason, const QString &what);

private:
    void fillItems();
    void refresh();
    [[nodiscard]] QVector<catalog::Item> ticked() const;

    QVector<catalog::Item> m_items;
    QLabel *m_question;
    QListWidget *m_list;
    QComboBox *m_reason;
    QPushButton *m_delete;
};

} // namespace gatehouse::events
