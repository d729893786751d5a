#include "shell/deletions_dialog.h"

#include "widgets/theme.h"

#include <QHeaderView>
#include <QPushButton>
#include <QTableView>

namespace gatehouse::shell
{

namespace
{
constexpr int TableWidth = 860;
constexpr int TableHeight = 420;
constexpr int RowHeight = 30;
constexpr int HeadHeight = 30;
} // namespace

DeletionsDialog::DeletionsDialog(catalog::ReaderPool &reader, QWidget *parent)
    : Question(tr("Deleted recordings"), {}, parent), m_model(new DeletionModel(reader, this)),
      m_table(new QTableView(this))
{
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Deleted recordings"));
    m_table->setMinimumSize(TableWidth, TableHeight);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(RowHeight);
    QHeaderView *head = m_table->horizontalHeader();
    head->setFixedHeight(HeadHeight);
    head->setHighlightSections(false);
    head->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const int widths[] = {170, 150, 170, 80};
    for (int column = 0; column < DeletionModel::Reason; ++column)
        m_table->setColumnWidth(column, widths[column]);
    head->setStretchLastSection(true);
    addContent(m_table);
    closeButton()->setText(tr("Close"));
    connect(m_model, &DeletionModel::loaded, this, &DeletionsDialog::refresh);
    connect(m_model, &DeletionModel::failed, this, &DeletionsDialog::setSentence);
    refresh();
}

void DeletionsDialog::refresh()
{
    const bool isEmpty = m_model->isLoaded() && m_model->rowCount() == 0;
    m_table->setVisible(!isEmpty);
    setSentence(isEmpty
                    ? tr("Nothing has been deleted. What goes for its age, for space or by hand is listed "
                         "here with the reason.")
                    : tr("What went for its age, for space or by hand, the newest first. Protected "
                         "recordings are never deleted by themselves."));
}

} // namespace gatehouse::shell
