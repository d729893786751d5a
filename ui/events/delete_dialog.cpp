#include "events/delete_dialog.h"

#include "base/limits.h"
#include "base/size_text.h"
#include "widgets/combo_box.h"
#include "widgets/format.h"
#include "widgets/name_list.h"

#include <QBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSet>
#include <algorithm>

namespace gatehouse::events
{

namespace
{

constexpr int kMaxRows = 6;

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

} // namespace

QString DeleteDialog::nameOf(CameraId camera) const
{
    for (const catalog::Camera &one : m_cameras) {
        if (one.id == camera)
            return one.name;
    }
    return tr("Removed camera");
}

// "Yard, Fri 12 June", or how many events on which days.
QString DeleteDialog::where() const
{
    QSet<EventId> events;
    qint64 first = m_items.first().captured;
    qint64 last = first;
    for (const catalog::Item &item : m_items) {
        events.insert(item.event);
        first = std::min(first, item.captured);
        last = std::max(last, item.captured);
    }
    const QString from = widgets::dayText(first);
    const QString to = widgets::dayText(last);
    const QString days = from == to ? from : tr("%1 to %2").arg(from, to);
    if (events.size() == 1)
        return tr("%1, %2").arg(nameOf(m_items.first().camera), days);
    return tr("%1 events, %2").arg(QString::number(events.size()), days);
}

QString DeleteDialog::lineOf(const catalog::Item &item) const
{
    const QString kind = item.kind == Kind::Clip    ? DeleteDialog::tr("clip")
                         : item.kind == Kind::Still ? DeleteDialog::tr("picture")
                                                    : DeleteDialog::tr("file");
    const QString length =
        item.kind == Kind::Clip ? QStringLiteral(", ") + widgets::spanText(item.duration) : QString();
    const QString kept = item.isProtected ? DeleteDialog::tr(", protected") : QString();
    // Both ends stay if a name is too long for the row.
    const QString clock = widgets::clockText(item.captured);
    const QString what = tr("%1%2, %3%4").arg(kind, length, sizeText(item.bytes), kept);
    return m_areSeveral ? tr("%1  %2, %3").arg(clock, nameOf(item.camera), what)
                        : tr("%1  %2").arg(clock, what);
}

DeleteDialog::DeleteDialog(const QVector<catalog::Item> &items, const QVector<catalog::Camera> &cameras,
                           QWidget *parent)
    : widgets::ConfirmDialog({}, {}, parent), m_items(items),
      m_areSeveral(
          std::any_of(items.begin(), items.end(),
                      [&](const catalog::Item &item) { return item.camera != items.first().camera; })),
      m_cameras(cameras), m_list(new widgets::NameList(tr("Files to delete"), this)),
      m_reason(new widgets::ComboBox(this)), m_delete(addButton({}, QStringLiteral("deleting")))
{
    setWindowTitle(tr("Delete"));
    setSentence(tr("%1. You can undo this for 10 seconds.").arg(where()));
    fillItems();

    m_reason->setEditable(true);
    m_reason->addItems({QString(), tr("Nothing on it"), tr("Private"), tr("A test")});
    m_reason->lineEdit()->setPlaceholderText(tr("Optional, in a few words"));
    m_reason->lineEdit()->setMaxLength(int(limits::kMaxReason));
    m_reason->setAccessibleName(tr("Reason"));
    auto *reason = new QWidget(this);
    auto *reasonLabel = new QLabel(tr("&Reason, for the list of deletions"), reason);
    reasonLabel->setBuddy(m_reason);
    auto *column = new QVBoxLayout(reason);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(4);
    column->addWidget(reasonLabel);
    column->addWidget(m_reason);
    addContent(m_list);
    addContent(reason);

    connect(m_list, &QListWidget::itemChanged, this, &DeleteDialog::refresh);
    connect(m_delete, &QPushButton::clicked, this, [this] {
        QVector<ItemId> ids;
        const auto chosen = ticked();
        for (const catalog::Item &item : chosen)
            ids.append(item.id);
        Q_EMIT confirmed(ids, m_reason->currentText().trimmed(), amountOf(chosen));
        accept();
    });
    // Enter deletes: the dialog itself is the confirmation.
    m_delete->setDefault(true);
    m_reason->setFocus();
    refresh();
}

void DeleteDialog::fillItems()
{
    for (const catalog::Item &item : std::as_const(m_items)) {
        auto *row = new QListWidgetItem(lineOf(item), m_list);
        row->setFlags(item.isProtected ? Qt::ItemIsSelectable
                                       : Qt::ItemIsEnabled | Qt::ItemIsUserCheckable | Qt::ItemIsSelectable);
        row->setCheckState(item.isProtected ? Qt::Unchecked : Qt::Checked);
    }
    m_list->fitRows(kMaxRows);
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
    setHeading(chosen.isEmpty() ? tr("Nothing is selected for deletion")
                                : tr("%1 will be deleted").arg(amountOf(chosen)));
    m_delete->setText(chosen.isEmpty() ? tr("Delete") : tr("Delete %1").arg(amountOf(chosen)));
    m_delete->setEnabled(!chosen.isEmpty());
    m_delete->setToolTip(chosen.isEmpty() ? tr("Select what to delete") : QString());
}

} // namespace gatehouse::events
