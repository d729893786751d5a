#include "shell/deletions_dialog.h"

#include "widgets/theme.h"

#include <QHeaderView>
#include <QLayout>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTableView>
#include <algorithm>

namespace gatehouse::shell
{

namespace
{
constexpr QSize kDialogSize(940, 600);
constexpr QSize kMinTableSize(560, 200);
constexpr int kAroundDialog = 40; // margin of the window left free on each side
constexpr int kRowHeight = 30;
constexpr int kHeadHeight = 30;
constexpr int kCellPadding = 9; // with the style's margin, the same inset as the headers
constexpr int kStyleMargin = 3;

// The style gives cells almost no margin: numbers would touch the text of the next column.
class PaddedCell : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem cell = option;
        cell.rect.adjust(kCellPadding, 0, -kCellPadding, 0);
        QStyledItemDelegate::paint(painter, cell, index);
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (index.column() == DeletionModel::Camera)
            option->textElideMode = Qt::ElideMiddle;
    }
};

// Of every month; 4 is the widest digit.
int widestTime(const QFontMetrics &metrics)
{
    int widest = 0;
    for (int month = 1; month <= 12; ++month) {
        for (const int hour : {0, 22}) // 12:44:44 AM, 10:44:44 PM
            widest = std::max(widest, metrics.horizontalAdvance(dayAndTime(
                                          QDateTime(QDate(2044, month, 24), QTime(hour, 44, 44)))));
    }
    return widest;
}
} // namespace

DeletionsDialog::DeletionsDialog(catalog::ReaderPool &reader, QWidget *parent)
    : widgets::ConfirmDialog(tr("Deleted recordings"), {}, parent), m_model(new DeletionModel(reader, this)),
      m_table(new QTableView(this))
{
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Deleted recordings"));
    m_table->setMinimumSize(kMinTableSize);
    m_table->setItemDelegate(new PaddedCell(m_table));
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(kRowHeight);
    QHeaderView *head = m_table->horizontalHeader();
    head->setFixedHeight(kHeadHeight);
    head->setHighlightSections(false);
    head->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const int time = widestTime(m_table->fontMetrics()) + 2 * (kCellPadding + kStyleMargin);
    const int widths[] = {time, 116, time, 80};
    for (int column = 0; column < DeletionModel::Reason; ++column)
        m_table->setColumnWidth(column, widths[column]);
    head->setStretchLastSection(true);
    addContent(m_table);
    closeButton()->setText(tr("Close"));
    connect(m_model, &DeletionModel::loaded, this, &DeletionsDialog::refresh);
    connect(m_model, &DeletionModel::failed, this, &DeletionsDialog::setSentence);
    // Shows every column even in a small window.
    resize(parent == nullptr
               ? kDialogSize
               : kDialogSize.boundedTo(parent->window()->size() - 2 * QSize(kAroundDialog, kAroundDialog)));
    refresh();
}

void DeletionsDialog::refresh()
{
    const bool isEmpty = m_model->isLoaded() && m_model->rowCount() == 0;
    m_table->setVisible(!isEmpty);
    setSentence(isEmpty ? tr("Nothing has been deleted yet. Recordings that were too old, made room "
                             "for others, or were deleted by you are listed here with the reason.")
                        : tr("Recordings that were too old, made room for others, or were deleted by you, "
                             "newest first. Protected recordings are never deleted automatically."));
    // Without the table, a wide dialog would scatter the text.
    if (!isEmpty)
        return;
    layout()->activate();
    adjustSize();
    if (parentWidget() != nullptr)
        move(parentWidget()->window()->frameGeometry().center() - rect().center());
}

} // namespace gatehouse::shell
