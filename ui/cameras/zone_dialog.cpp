#include "cameras/zone_dialog.h"

#include "catalog/types/camera.h"
#include "widgets/elided_label.h"
#include "widgets/name_list.h"
#include "widgets/search_field.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLayout>
#include <QPushButton>
#include <QTimeZone>

namespace gatehouse::cameras
{

namespace
{
constexpr int kZonesHeight = 260;
} // namespace

ZoneDialog::ZoneDialog(const catalog::Camera &camera, QWidget *parent)
    : ConfirmDialog(tr("Time zone of %1").arg(widgets::elidedName(camera.name)),
                    tr("The times in its file names are read in this zone. Its recordings move on "
                       "the timeline; setting the old zone moves them back."),
                    parent),
      m_search(new widgets::SearchField(tr("Search zones"), this)),
      m_zones(new widgets::NameList(tr("Time zones"), this)), m_none(new QLabel(this))
{
    setWholeHeading(tr("Time zone of %1").arg(camera.name));
    m_search->installEventFilter(this);
    m_zones->setMinimumHeight(kZonesHeight);
    m_none->setMinimumHeight(kZonesHeight);
    m_none->setForegroundRole(QPalette::PlaceholderText);
    m_none->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_none->setTextFormat(Qt::PlainText);
    m_none->setWordWrap(true);
    m_none->hide();
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
    addContent(m_none);
    m_set = addButton(tr("Set time zone"), QStringLiteral("primary"));
    m_set->setDefault(true);
    m_set->setEnabled(m_zones->currentItem() != nullptr);
    connect(m_search, &widgets::SearchField::textChanged, this, &ZoneDialog::filter);
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

// The arrows move in the list while the search has the focus.
bool ZoneDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown:
            QCoreApplication::sendEvent(m_zones, event);
            return true;
        default:
            break;
        }
    }
    return ConfirmDialog::eventFilter(watched, event);
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
    m_none->setText(tr("No time zone matches “%1”").arg(text.simplified()));
    m_none->setVisible(first == nullptr);
    m_zones->setVisible(first != nullptr);
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
