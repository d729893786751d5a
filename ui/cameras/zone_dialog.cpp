#include "cameras/zone_dialog.h"

#include "catalog/types/camera.h"

#include <QLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTimeZone>

namespace gatehouse::cameras
{

namespace
{
constexpr int kZonesHeight = 260;
} // namespace

ZoneDialog::ZoneDialog(const catalog::Camera &camera, QWidget *parent)
    : ConfirmDialog(tr("Time zone of %1").arg(camera.name),
                    tr("The times in its file names are read in this zone. Its recordings move on "
                       "the timeline; setting the old zone moves them back."),
                    parent),
      m_search(new QLineEdit(this)), m_zones(new QListWidget(this))
{
    m_search->setPlaceholderText(tr("Search zones"));
    m_search->setAccessibleName(tr("Search zones"));
    m_zones->setAccessibleName(tr("Time zones"));
    m_zones->setMinimumHeight(kZonesHeight);
    for (const QByteArray &known : QTimeZone::availableTimeZoneIds())
        m_zones->addItem(QString::fromLatin1(known));
    // One that this PC does not list is still the one in use.
    const QString zone = QString::fromLatin1(camera.zone);
    if (!zone.isEmpty() && m_zones->findItems(zone, Qt::MatchExactly).isEmpty())
        m_zones->insertItem(0, zone);
    if (const auto current = m_zones->findItems(zone, Qt::MatchExactly); !current.isEmpty())
        m_zones->setCurrentItem(current.first());
    addContent(m_search);
    addContent(m_zones);
    m_set = addButton(tr("Set time zone"), QStringLiteral("primary"));
    m_set->setDefault(true);
    m_set->setEnabled(m_zones->currentItem() != nullptr);
    connect(m_search, &QLineEdit::textChanged, this, &ZoneDialog::filter);
    connect(m_zones, &QListWidget::currentItemChanged, this,
            [this](const QListWidgetItem *item) { m_set->setEnabled(item != nullptr); });
    connect(m_zones, &QListWidget::itemDoubleClicked, this, &ZoneDialog::take);
    connect(m_set, &QPushButton::clicked, this, &ZoneDialog::take);
    m_search->setFocus();
}

// Until the list has its size, it cannot scroll to the middle.
void ZoneDialog::showEvent(QShowEvent *event)
{
    ConfirmDialog::showEvent(event);
    layout()->activate();
    if (m_zones->currentItem())
        m_zones->scrollToItem(m_zones->currentItem(), QAbstractItemView::PositionAtCenter);
}

void ZoneDialog::filter(const QString &text)
{
    QString wanted = text.trimmed();
    wanted.replace(QLatin1Char(' '), QLatin1Char('_'));
    QListWidgetItem *first = nullptr;
    for (int i = 0; i < m_zones->count(); ++i) {
        QListWidgetItem *item = m_zones->item(i);
        const bool fits = item->text().contains(wanted, Qt::CaseInsensitive);
        item->setHidden(!fits);
        if (fits && !first)
            first = item;
    }
    // The chosen one stays if it is among them.
    if (m_zones->currentItem() && !m_zones->currentItem()->isHidden())
        m_zones->scrollToItem(m_zones->currentItem(), QAbstractItemView::PositionAtCenter);
    else
        m_zones->setCurrentItem(first);
}

void ZoneDialog::take()
{
    if (const QListWidgetItem *item = m_zones->currentItem()) {
        Q_EMIT chosen(item->text().toLatin1());
        accept();
    }
}

} // namespace gatehouse::cameras
