// Lists what was deleted, when and why: by age, for space or manually. GUI thread.
#pragma once

#include "shell/deletion_model.h"
#include "widgets/confirm_dialog.h"

class QTableView;

namespace gatehouse::shell
{

class DeletionsDialog : public widgets::ConfirmDialog
{
    Q_OBJECT

public:
    DeletionsDialog(catalog::ReaderPool &reader, QWidget *parent);

private:
    void refresh();

    DeletionModel *m_model;
    QTableView *m_table;
};

} // namespace gatehouse::shell
