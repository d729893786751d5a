#include "shell/deletions_dialog.h"

#include "widgets/theme.h"

#include <QHeaderView>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTableView>

namespace gatehouse::shell
{

namespace
{
constexpr int TableWidth = 860;
constexpr int TableHeight = 420;
constexpr int RowHeight = 30;
constexpr int HeadHeight = 30;
constexpr int CellPadding = 9; // with the style's own margin as far in as the heads

// The style gives cells next to no margin: numbers would touch the text of the next column.
class PaddedCell : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem cell = option;
        cell.rect.adjust(CellPadding, 0, -CellPadding, 0);
        QStyledItemDelegate::paint(painter, cell, index);
    }
};
} // namespace

DeletionsDialog::DeletionsDialog(catalog::ReaderPool &reader, QWidget *parent)
    : Question(tr("Deleted recordings"), {}, parent), m_model(new DeletionModel(reader, this)),
      m_table(new QTableView(this))
{
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Deleted recordings"));
    m_table->setMinimumSize(TableWidth, TableHeight);
    m_table->setItemDelegate(new PaddedCell(m_table));
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(RowHeight);
    QHeaderView *head = m_table->horizontalHeader();
    head->setFixedHeight(HeadHeight);
    head->setHighlightSections(false);
    head->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const int widths[] = {190, 150, 190, 90};
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
    setSentence(
        isEmpty ? tr("Nothing has been deleted yet. Recordings deleted for their age, for space or by hand "
                     "are listed here with the reason.")
                : tr("Recordings deleted for their age, for space or by hand, newest first. Protected "
                     "recordings are never deleted automatically."));
}

} // namespace gatehouse::shell
