#include "cameras/camera_list.h"

#include "cameras/camera_row_delegate.h"
#include "models/camera_model.h"
#include "models/poster_cache.h"
#include "models/selection.h"
#include "widgets/elided_label.h"
#include "widgets/icon_button.h"
#include "widgets/list_view.h"
#include "widgets/search_field.h"
#include "widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QSortFilterProxyModel>

namespace gatehouse::cameras
{

namespace
{
constexpr int kCamerasHeader = 44;
constexpr int kCamerasCompactBelow = 140;
} // namespace

CameraList::CameraList(models::CameraModel &model, models::PosterCache &posters, models::Selection &selection,
                       QWidget *parent)
    : QWidget(parent), m_model(model), m_selection(selection), m_rows(new QSortFilterProxyModel(this)),
      m_view(new widgets::ListView(tr("Cameras"), this)),
      m_search(new widgets::SearchField(tr("Search cameras"), this))
{
    m_rows->setSourceModel(&model);
    m_rows->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_view->setModel(m_rows);
    m_view->setItemDelegate(new CameraRowDelegate(posters, m_view));
    m_view->setEditTriggers(QAbstractItemView::EditKeyPressed);
    connect(&posters, &models::PosterCache::loaded, m_view->viewport(), qOverload<>(&QWidget::update));

    m_search->hide();
    connect(m_search, &QLineEdit::textChanged, m_rows, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_search, &QLineEdit::textChanged, this, &CameraList::followSelection); // after the filter

    auto *searchRow = new QHBoxLayout;
    searchRow->setContentsMargins(8, 0, 8, 0);
    searchRow->addWidget(m_search);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHeader());
    column->addLayout(searchRow);
    column->addWidget(m_view, 1);

    connect(m_view, &widgets::ListView::chosen, this,
            [this](const QModelIndex &index) { m_selection.chooseCamera(idOf(index)); });
    connect(m_view, &widgets::ListView::menuRequested, this, &CameraList::showMenu);
    connect(&m_selection, &models::Selection::cameraChanged, this, &CameraList::followSelection);
    connect(&m_model, &models::CameraModel::updated, this, &CameraList::followSelection);
    setFocusProxy(m_view);
}

QWidget *CameraList::makeHeader()
{
    auto *header = new QWidget(this);
    header->setFixedHeight(kCamerasHeader);
    m_title = new QLabel(tr("Cameras"), header);
    m_title->setFont(widgets::font(widgets::TextStyle::H3));
    m_searchButton = new widgets::IconButton(QStringLiteral("search"), tr("Search cameras"), header);
    m_searchButton->setCheckable(true);
    auto *add = new widgets::IconButton(QStringLiteral("plus"), tr("Add a camera"), header);
    connect(m_searchButton, &QAbstractButton::toggled, this, [this](bool on) {
        m_search->setVisible(on);
        on ? m_search->setFocus() : m_search->clear();
    });
    connect(add, &QAbstractButton::clicked, this, [this] { Q_EMIT actionRequested(CameraAction::Add, {}); });
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(12, 0, 10, 0);
    row->setSpacing(8);
    row->addWidget(m_title, 1);
    row->addWidget(m_searchButton);
    row->addWidget(add);
    return header;
}

void CameraList::showMenu(const QModelIndex &index, QPoint at)
{
    const CameraId camera = idOf(index);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString &text, CameraAction action) {
        menu->addAction(text, this, [this, action, camera] { Q_EMIT actionRequested(action, camera); });
    };
    if (m_model.troubleOf(camera)) {
        add(tr("Show what is wrong…"), CameraAction::Trouble);
        menu->addSeparator();
    }
    menu->addAction(tr("Rename"), this, [this, camera] { startRenaming(camera); });
    add(tr("Connection…"), CameraAction::Connection);
    add(tr("Create a new password…"), CameraAction::Password);
    add(tr("Set encryption…"), CameraAction::Encryption);
    add(tr("Set time zone…"), CameraAction::Zone);
    add(tr("Correct clock…"), CameraAction::Clock);
    menu->addSeparator();
    if (m_model.rowCount() > 1)
        add(tr("Merge into another camera…"), CameraAction::Merge);
    if (const catalog::Camera *shown = m_model.camera(camera)) {
        for (const catalog::MergedCamera &merged : shown->merged) {
            menu->addAction(tr("Unmerge %1").arg(widgets::elidedNameForButton(merged.name)), this,
                            [this, id = merged.id] { Q_EMIT actionRequested(CameraAction::Split, id); });
        }
    }
    menu->addSeparator();
    add(tr("Remove camera…"), CameraAction::Remove);
    menu->popup(at);
}

void CameraList::startRenaming(CameraId camera)
{
    const QModelIndex index = m_rows->mapFromSource(m_model.indexOf(camera));
    if (!index.isValid())
        return;
    m_view->scrollTo(index);
    m_view->edit(index);
}

void CameraList::clearSearch()
{
    m_searchButton->setChecked(false);
}

void CameraList::followSelection()
{
    const QModelIndex index = m_rows->mapFromSource(m_model.indexOf(m_selection.camera()));
    if (index != m_view->currentIndex() && !m_view->isEditing())
        m_view->setCurrentIndex(index);
}

CameraId CameraList::idOf(const QModelIndex &index)
{
    return index.data(models::CameraModel::IdRole).value<CameraId>();
}

void CameraList::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool compact = width() < kCamerasCompactBelow;
    m_title->setVisible(!compact);
    m_searchButton->setVisible(!compact);
    m_search->setVisible(!compact && m_searchButton->isChecked());
}

void CameraList::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), widgets::themeOf(*this).surface);
}

} // namespace gatehouse::cameras
