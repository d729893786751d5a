#include "events/delete_dialog.h"

#include "base/limits.h"
#include "base/size_text.h"
#include "widgets/combo_box.h"
#include "widgets/format.h"
#include "widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSet>
#include <algorithm>

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
    const QString line =
        DeleteDialog::tr("%1  %2%3, %4%5")
            .arg(widgets::clockText(item.captured), kind, length, sizeText(item.bytes), kept);
    return m_areSeveral ? tr("%1  %2").arg(nameOf(item.camera), line) : line;
}

DeleteDialog::DeleteDialog(const QVector<catalog::Item> &items, const QVector<catalog::Camera> &cameras,
                           QWidget *parent)
    : QDialog(parent), m_items(items),
      m_areSeveral(
          std::any_of(items.begin(), items.end(),
                      [&](const catalog::Item &item) { return item.camera != items.first().camera; })),
      m_cameras(cameras), m_question(new QLabel(this)), m_list(new QListWidget(this)),
      m_reason(new widgets::ComboBox(this)), m_delete(new QPushButton(this))
{
    setWindowTitle(tr("Delete"));
    setFixedWidth(kDeleteDialogWidth);
    m_question->setFont(widgets::font(widgets::TextStyle::H2));
    m_question->setWordWrap(true);
    auto *place = new QLabel(tr("%1. You can undo this for 10 seconds.").arg(where()));
    place->setWordWrap(true);
    place->setTextFormat(Qt::PlainText);
    place->setProperty("ink", QStringLiteral("second"));
    fillItems();

    m_reason->setEditable(true);
    m_reason->addItems({QString(), tr("Nothing on it"), tr("Private"), tr("A test")});
    m_reason->lineEdit()->setPlaceholderText(tr("Optional, in a few words"));
    m_reason->lineEdit()->setMaxLength(int(limits::kMaxReason));
    m_reason->setAccessibleName(tr("Reason"));
    auto *reasonLabel = new QLabel(tr("&Reason, for the list of deletions"));
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
    column->addWidget(place);
    column->addWidget(m_list);
    column->addWidget(reasonLabel);
    column->addWidget(m_reason);
    column->addSpacing(4);
    column->addLayout(buttons);

    connect(keep, &QPushButton::clicked, this, &QDialog::reject);
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
    m_question->setText(chosen.isEmpty() ? tr("Nothing is selected for deletion")
                                         : tr("%1 will be deleted").arg(amountOf(chosen)));
    m_delete->setText(chosen.isEmpty() ? tr("Delete") : tr("Delete %1").arg(amountOf(chosen)));
    m_delete->setEnabled(!chosen.isEmpty());
    m_delete->setToolTip(chosen.isEmpty() ? tr("Select what to delete") : QString());
}

} // namespace gatehouse::events
