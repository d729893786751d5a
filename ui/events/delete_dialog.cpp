#include "events/delete_dialog.h"

#include "base/limits.h"
#include "base/size_text.h"
#include "widgets/format.h"
#include "widgets/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

namespace gatehouse::events
{

namespace
{

constexpr int kDeleteDialogWidth = 440;
constexpr int kDeleteListHeight = 160;

QString amountOf(const QVector<catalog::Item> &items)
{
    int clips = 0;
    int pictures = 0;
    qint64 bytes = 0;
    for (const catalog::Item &item : items) {
        clips += item.kind == Kind::Clip ? 1 : 0;
        pictures += item.kind == Kind::Still ? 1 : 0;
        bytes += item.bytes;
    }
    QString counts = widgets::countsText(clips, pictures);
    const int others = int(items.size()) - clips - pictures;
    if (others > 0) {
        const QString files =
            others == 1 ? DeleteDialog::tr("1 file") : DeleteDialog::tr("%n files", nullptr, others);
        counts = counts.isEmpty() ? files : QStringLiteral("%1, %2").arg(counts, files);
    }
    return QStringLiteral("%1, %2").arg(counts, sizeText(bytes));
}

QString lineOf(const catalog::Item &item)
{
    const QString kind = item.kind == Kind::Clip    ? DeleteDialog::tr("clip")
                         : item.kind == Kind::Still ? DeleteDialog::tr("picture")
                                                    : DeleteDialog::tr("file");
    const QString length =
        item.kind == Kind::Clip ? QStringLiteral(", ") + widgets::spanText(item.duration) : QString();
    const QString kept = item.isProtected ? DeleteDialog::tr(", protected") : QString();
    return DeleteDialog::tr("%1  %2%3, %4%5")
        .arg(widgets::clockText(item.captured), kind, length, sizeText(item.bytes), kept);
}

} // namespace

DeleteDialog::DeleteDialog(const QVector<catalog::Item> &items, const QString &camera, QWidget *parent)
    : QDialog(parent), m_items(items), m_question(new QLabel(this)), m_list(new QListWidget(this)),
      m_reason(new QComboBox(this)), m_delete(new QPushButton(this))
{
    setWindowTitle(tr("Delete"));
    setFixedWidth(kDeleteDialogWidth);
    m_question->setFont(widgets::font(widgets::TextStyle::H2));
    m_question->setWordWrap(true);
    auto *where =
        new QLabel(tr("%1, %2. This can't be undone.").arg(camera, widgets::dayText(items.first().captured)));
    where->setWordWrap(true);
    fillItems();

    m_reason->setEditable(true);
    m_reason->addItems({QString(), tr("Nothing on it"), tr("Private"), tr("A test")});
    m_reason->lineEdit()->setPlaceholderText(tr("Reason, in a few words"));
    m_reason->lineEdit()->setMaxLength(int(limits::kMaxReason));
    m_reason->setAccessibleName(tr("Reason"));
    auto *reasonLabel = new QLabel(tr("&Reason, recorded with the deletion"));
    reasonLabel->setBuddy(m_reason);

    auto *keep = new QPushButton(tr("Cancel"));
    keep->setAutoDefault(false);
    m_delete->setProperty("role", QStringLiteral("deleting"));
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(keep);
    buttons->addWidget(m_delete);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(12);
    column->addWidget(m_question);
    column->addWidget(where);
    column->addWidget(m_list);
    column->addWidget(reasonLabel);
    column->addWidget(m_reason);
    column->addSpacing(4);
    column->addLayout(buttons);

    connect(keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_list, &QListWidget::itemChanged, this, &DeleteDialog::refresh);
    connect(m_reason, &QComboBox::editTextChanged, this, &DeleteDialog::refresh);
    connect(m_delete, &QPushButton::clicked, this, [this] {
        QVector<ItemId> ids;
        const auto chosen = ticked();
        for (const catalog::Item &item : chosen)
            ids.append(item.id);
        Q_EMIT confirmed(ids, m_reason->currentText().trimmed(), amountOf(chosen));
        accept();
    });
    m_reason->setFocus();
    refresh();
}

void DeleteDialog::fillItems()
{
    m_list->setAccessibleName(tr("Files to delete"));
    m_list->setMaximumHeight(kDeleteListHeight);
    for (const catalog::Item &item : std::as_const(m_items)) {
        auto *row = new QListWidgetItem(lineOf(item), m_list);
        row->setFlags(item.isProtected ? Qt::ItemIsSelectable
                                       : Qt::ItemIsEnabled | Qt::ItemIsUserCheckable | Qt::ItemIsSelectable);
        row->setCheckState(item.isProtected ? Qt::Unchecked : Qt::Checked);
    }
}

QVector<catalog::Item> DeleteDialog::ticked() const
{
    QVector<catalog::Item> out;
    for (int i = 0; i < m_list->count(); ++i) {
        if (m_list->item(i)->checkState() == Qt::Checked)
            out.append(m_items[i]);
    }
    return out;
}

void DeleteDialog::refresh()
{
    const auto chosen = ticked();
    const bool hasReason = !m_reason->currentText().trimmed().isEmpty();
    m_question->setText(chosen.isEmpty() ? tr("Nothing is selected for deletion")
                                         : tr("%1 will be deleted").arg(amountOf(chosen)));
    m_delete->setText(chosen.isEmpty() ? tr("Delete") : tr("Delete %1").arg(amountOf(chosen)));
    m_delete->setEnabled(!chosen.isEmpty() && hasReason);
    m_delete->setToolTip(chosen.isEmpty() ? tr("Select what to delete")
                         : hasReason      ? QString()
                                          : tr("Enter a reason"));
}

} // namespace gatehouse::events
