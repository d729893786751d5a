#include "review/review_page.h"

#include "review/splitter.h"
#include "widgets/icon_button.h"
#include "widgets/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPainter>
#include <QStackedWidget>

namespace gatehouse::review
{

namespace
{

constexpr int kPostersWidth = 72;
constexpr int kMinCamerasWidth = 72;
constexpr int kMinEventsWidth = 240;
constexpr int kButtonSide = 8;

// The ground of the toolbar, with the hairline below it.
class ToolbarGround final : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        const widgets::Theme &theme = widgets::themeOf(*this);
        QPainter painter(this);
        painter.fillRect(rect(), theme.surface);
        painter.fillRect(QRect(0, height() - 1, width(), 1), theme.line);
    }
};

QWidget *makeEdge(QWidget *parent)
{
    auto *edge = new QWidget(parent);
    edge->setAutoFillBackground(true);
    edge->setBackgroundRole(QPalette::Mid);
    edge->hide();
    return edge;
}

} // namespace

ReviewPage::ReviewPage(const ReviewParts &parts, QWidget *parent)
    : QWidget(parent), m_parts(parts), m_top(new QStackedWidget(this)), m_upper(new Splitter(Qt::Horizontal)),
      m_rows(new Splitter(Qt::Vertical, this)), m_camerasEdge(makeEdge(this)), m_eventsEdge(makeEdge(this))
{
    makeActions();
    m_parts.cameras->setMinimumWidth(kMinCamerasWidth);
    m_parts.events->setMinimumWidth(kMinEventsWidth);
    for (QWidget *part : {m_parts.cameras, m_parts.player, m_parts.events})
        m_upper->addWidget(part);
    m_upper->setStretchFactor(1, 1);
    m_top->addWidget(m_upper);

    auto *lower = new QWidget(this);
    auto *column = new QVBoxLayout(lower);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_toolbar = makeToolbar();
    column->addWidget(m_toolbar);
    column->addWidget(m_parts.timeline, 1);
    m_rows->addWidget(m_top);
    m_rows->addWidget(lower);
    auto *page = new QVBoxLayout(this);
    page->setContentsMargins(0, 0, 0, 0);
    page->addWidget(m_rows);

    connect(m_upper, &QSplitter::splitterMoved, this, &ReviewPage::rememberColumns);
    connect(m_rows, &QSplitter::splitterMoved, this, &ReviewPage::rememberRows);
    connect(m_upper, &Splitter::resetRequested, this, [this] {
        m_camerasWidth = m_eventsWidth = 0;
        arrange();
    });
    connect(m_rows, &Splitter::resetRequested, this, [this] {
        m_upperShare = 0;
        arrange();
    });
    // Tab follows the reading order of the screen.
    setTabOrder(m_parts.cameras, m_parts.player);
    setTabOrder(m_parts.player, m_parts.events);
    setTabOrder(m_parts.events, m_toolbar);
    setTabOrder(m_toolbar, m_parts.timeline);
}

void ReviewPage::makeActions()
{
    m_showCameras = new QAction(tr("Cameras"), this);
    m_showCameras->setShortcut(Qt::Key_C);
    connect(m_showCameras, &QAction::triggered, this, [this] { toggleDrawer(m_parts.cameras); });
    m_showEvents = new QAction(tr("Events"), this);
    m_showEvents->setShortcut(Qt::Key_D);
    connect(m_showEvents, &QAction::triggered, this, [this] { toggleDrawer(m_parts.events); });
    addActions({m_showCameras, m_showEvents});
}

QWidget *ReviewPage::makeToolbar()
{
    auto *bar = new ToolbarGround(this);
    m_camerasButton = new widgets::IconButton(QStringLiteral("panel-left"), tr("Cameras (C)"), bar);
    m_eventsButton = new widgets::IconButton(QStringLiteral("panel-right"), tr("Events (D)"), bar);
    connect(m_camerasButton, &QAbstractButton::clicked, m_showCameras, &QAction::trigger);
    connect(m_eventsButton, &QAbstractButton::clicked, m_showEvents, &QAction::trigger);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 1);
    row->setSpacing(4);
    row->addWidget(m_camerasButton);
    row->addWidget(m_parts.toolbar, 1);
    row->addWidget(m_eventsButton);
    for (widgets::IconButton *button : {m_camerasButton, m_eventsButton}) {
        button->setCheckable(true); // on while its drawer is open
        button->hide();
    }
    return bar;
}

void ReviewPage::setEmptyState(QWidget *page)
{
    m_top->addWidget(page);
}

void ReviewPage::showEmptyState(bool on)
{
    m_top->setCurrentIndex(on && m_top->count() > 1 ? 1 : 0);
    m_showCameras->setEnabled(!isEmptyStateShown());
    m_showEvents->setEnabled(!isEmptyStateShown());
    m_toolbar->setVisible(!isEmptyStateShown()); // there is nothing to play
    arrange();
    Q_EMIT emptyStateShown(isEmptyStateShown());
}

bool ReviewPage::isEmptyStateShown() const
{
    return m_top->currentIndex() == 1;
}

QJsonObject ReviewPage::sizes() const
{
    return {{QStringLiteral("cameras"), m_camerasWidth},
            {QStringLiteral("events"), m_eventsWidth},
            {QStringLiteral("upper"), m_upperShare}};
}

void ReviewPage::setSizes(const QJsonObject &sizes)
{
    m_camerasWidth = std::clamp(sizes.value(QLatin1String("cameras")).toInt(), 0, 600);
    m_eventsWidth = std::clamp(sizes.value(QLatin1String("events")).toInt(), 0, 1600);
    m_upperShare = std::clamp(sizes.value(QLatin1String("upper")).toDouble(), 0.0, 0.9);
    arrange();
}

void ReviewPage::arrange()
{
    const int high = height();
    const int upper = isEmptyStateShown() ? emptyUpperHeight(high)
                      : m_upperShare > 0  ? int(high * m_upperShare)
                                          : upperHeight(high);
    m_rows->setSizes({upper, high - upper});
    setColumns(columnsFor(window()->width()));
    if (m_columns == Columns::Drawers) {
        placeDrawers();
        return;
    }
    const int cameras = m_columns == Columns::Posters ? kPostersWidth
                        : m_camerasWidth > 0          ? m_camerasWidth
                                                      : widgets::metrics::kCamerasWidth;
    const int events = m_eventsWidth > 0 ? m_eventsWidth : eventsWidth(width(), high);
    m_upper->setSizes({cameras, std::max(1, width() - cameras - events), events});
}

void ReviewPage::setColumns(Columns columns)
{
    if (columns == m_columns)
        return;
    const bool were = m_columns == Columns::Drawers;
    const bool are = columns == Columns::Drawers;
    m_columns = columns;
    if (were == are)
        return;
    for (QWidget *part : {m_parts.cameras, m_parts.events}) {
        if (are) {
            part->setParent(this);
            part->hide();
        } else {
            m_upper->insertWidget(part == m_parts.cameras ? 0 : 2, part);
            part->show();
        }
    }
    m_upper->setStretchFactor(are ? 0 : 1, 1);
    m_camerasButton->setVisible(are);
    m_eventsButton->setVisible(are);
    const int side = are ? kButtonSide : 0;
    m_toolbar->layout()->setContentsMargins(side, 0, side, 1);
    m_camerasEdge->hide();
    m_eventsEdge->hide();
}

void ReviewPage::toggleDrawer(QWidget *drawer)
{
    if (m_columns != Columns::Drawers) {
        drawer->setFocus(Qt::ShortcutFocusReason);
        return;
    }
    drawer->setVisible(!drawer->isVisible());
    placeDrawers();
    if (drawer->isVisible())
        drawer->setFocus(Qt::ShortcutFocusReason);
}

void ReviewPage::placeDrawers()
{
    const int high = m_rows->sizes().value(0);
    const int cameras = widgets::metrics::kCamerasWidth;
    const int events = widgets::metrics::kEventsWidth;
    m_parts.cameras->setGeometry(0, 0, cameras, high);
    m_parts.events->setGeometry(width() - events, 0, events, high);
    m_camerasEdge->setGeometry(cameras, 0, 1, high);
    m_eventsEdge->setGeometry(width() - events - 1, 0, 1, high);
    m_camerasEdge->setVisible(m_parts.cameras->isVisible());
    m_eventsEdge->setVisible(m_parts.events->isVisible());
    m_camerasButton->setChecked(m_parts.cameras->isVisible());
    m_eventsButton->setChecked(m_parts.events->isVisible());
    for (QWidget *part : {m_parts.cameras, m_parts.events, m_camerasEdge, m_eventsEdge})
        part->raise();
}

void ReviewPage::rememberColumns()
{
    const QList<int> sizes = m_upper->sizes();
    if (m_columns == Columns::Full)
        m_camerasWidth = sizes.value(0);
    if (m_columns != Columns::Drawers)
        m_eventsWidth = sizes.value(2);
}

void ReviewPage::rememberRows()
{
    if (!isEmptyStateShown() && height() > 0)
        m_upperShare = double(m_rows->sizes().value(0)) / height();
    if (m_columns == Columns::Drawers)
        placeDrawers();
}

void ReviewPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void ReviewPage::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), widgets::themeOf(*this).bg);
}

} // namespace gatehouse::review
