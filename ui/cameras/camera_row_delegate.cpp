#include "cameras/camera_row_delegate.h"

#include "base/limits.h"
#include "models/camera_model.h"
#include "models/poster_cache.h"
#include "widgets/delegate_painting.h"
#include "widgets/style.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QMouseEvent>

namespace gatehouse::cameras
{

namespace
{

constexpr int kRowPosterWidth = 68;
constexpr int kRowPosterHeight = 38;
constexpr int kRowPosterLeft = 10;
constexpr int kRowTextGap = 9;
constexpr int kRowTickSize = 16;
constexpr int kRowTickRight = 12;
constexpr int kRowEdge = 3;
constexpr int kCompactBelow = 140;
constexpr int kRowDotColumn = 11;
constexpr qreal kTroubleOpacity = 0.45;

bool isCompact(const QRect &row)
{
    return row.width() < kCompactBelow;
}

QRect posterRect(const QRect &row)
{
    const int width = std::min(kRowPosterWidth, row.width() - 4);
    const int height = width * kRowPosterHeight / kRowPosterWidth;
    const int left = isCompact(row) ? (row.width() - width) / 2 : kRowPosterLeft;
    return {row.left() + left, row.top() + (row.height() - height) / 2, width, height};
}

QRect tickRect(const QRect &row)
{
    return {row.right() + 1 - kRowTickRight - kRowTickSize, row.top() + (row.height() - kRowTickSize) / 2,
            kRowTickSize, kRowTickSize};
}

QRect wordsRect(const QRect &row)
{
    const int left = posterRect(row).right() + 1 + kRowTextGap;
    return {left, row.top(), tickRect(row).left() - 6 - left, row.height()};
}

QColor dotColour(models::CameraModel::Status status, const widgets::Theme &theme)
{
    switch (status) {
    case models::CameraModel::Status::Working:
        return theme.ok;
    case models::CameraModel::Status::Attention:
    case models::CameraModel::Status::Trouble:
        return theme.warn;
    case models::CameraModel::Status::Waiting:
        break;
    }
    return theme.ink3;
}

} // namespace

CameraRowDelegate::CameraRowDelegate(models::PosterCache &posters, QObject *parent)
    : QStyledItemDelegate(parent), m_posters(posters)
{
}

void CameraRowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const
{
    const widgets::Theme &theme = widgets::themeOf(*option.widget);
    const bool selected = option.state & QStyle::State_Selected;
    const auto status = index.data(models::CameraModel::StatusRole).value<models::CameraModel::Status>();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (selected)
        painter->fillRect(option.rect, theme.accentWeak);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, theme.hover);
    if (selected)
        painter->fillRect(QRect(option.rect.topLeft(), QSize(kRowEdge, option.rect.height())), theme.accent);

    const QRect poster = posterRect(option.rect);
    painter->setOpacity(status == models::CameraModel::Status::Trouble ? kTroubleOpacity : 1.0);
    widgets::paintPoster(*painter, poster,
                         m_posters.picture(index.data(models::CameraModel::PosterRole).value<ItemId>()),
                         theme);
    painter->setOpacity(1.0);

    if (isCompact(option.rect)) {
        widgets::paintDot(*painter, poster.bottomRight() - QPointF(5, 5), 8, dotColour(status, theme));
    } else {
        paintWords(*painter, wordsRect(option.rect), index, theme);
        widgets::drawCheckBox(*painter, tickRect(option.rect),
                              index.data(Qt::CheckStateRole).toInt() == Qt::Checked, true, theme);
    }
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange)) {
        painter->setPen(QPen(theme.accent, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(QRectF(option.rect).adjusted(1, 1, -1, -1));
    }
    painter->restore();
}

void CameraRowDelegate::paintWords(QPainter &painter, const QRectF &rect, const QModelIndex &index,
                                   const widgets::Theme &theme) const
{
    const auto status = index.data(models::CameraModel::StatusRole).value<models::CameraModel::Status>();
    const bool needsYou =
        status == models::CameraModel::Status::Trouble || status == models::CameraModel::Status::Attention;
    const QString age = index.data(models::CameraModel::AgeRole).toString();
    const QFont small = widgets::font(widgets::TextStyle::Caption);
    const QFontMetrics metrics(small);
    const bool takesTwo = metrics.horizontalAdvance(age) > rect.width() - kRowDotColumn;
    const qreal above = takesTwo ? (18 + 2 * metrics.height()) / 2.0 : 19;
    QRectF line(rect.left(), rect.center().y() - above, rect.width(), 18);
    painter.setFont(widgets::font(widgets::TextStyle::Body, QFont::Medium));
    painter.setPen(theme.ink);
    widgets::paintElided(painter, line, index.data(Qt::DisplayRole).toString(), Qt::ElideMiddle);

    line = QRectF(rect.left(), line.bottom() + (takesTwo ? 0 : 2), rect.width(),
                  takesTwo ? metrics.height() : 16);
    widgets::paintDot(painter, QPointF(line.left() + 3, line.center().y()), 6, dotColour(status, theme));
    line.setLeft(line.left() + kRowDotColumn);
    painter.setFont(small);
    painter.setPen(needsYou ? theme.warn : theme.ink3);
    takesTwo ? widgets::paintTwoLines(painter, line, age)
             : widgets::paintElided(painter, line, age, Qt::ElideRight);
}

QSize CameraRowDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    const int lines = QFontMetrics(widgets::font(widgets::TextStyle::Body)).height() +
                      2 * QFontMetrics(widgets::font(widgets::TextStyle::Caption)).height() + 4;
    return {kRowPosterWidth, std::max(widgets::metrics::kCameraRowHeight, lines)};
}

bool CameraRowDelegate::editorEvent(QEvent *event, QAbstractItemModel *model,
                                    const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const auto flip = [&] {
        const bool on = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
        return model->setData(index, int(on ? Qt::Unchecked : Qt::Checked), Qt::CheckStateRole);
    };
    if (event->type() == QEvent::KeyPress)
        return static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space && flip();
    const bool isPress = event->type() == QEvent::MouseButtonPress;
    const bool isRelease = event->type() == QEvent::MouseButtonRelease;
    if ((!isPress && !isRelease) || isCompact(option.rect))
        return false;
    const auto *mouse = static_cast<QMouseEvent *>(event);
    const QRect target = tickRect(option.rect).adjusted(-8, -14, 8, 14);
    if (mouse->button() != Qt::LeftButton || !target.contains(mouse->position().toPoint()))
        return false;
    return isPress || flip(); // consume the press, too, so that ticking does not select
}

QWidget *CameraRowDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &,
                                         const QModelIndex &) const
{
    auto *editor = new QLineEdit(parent);
    editor->setMaxLength(int(limits::kMaxCameraName));
    editor->setAccessibleName(tr("Camera name"));
    return editor;
}

void CameraRowDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                             const QModelIndex &) const
{
    QRect rect = wordsRect(option.rect).adjusted(-6, 0, tickRect(option.rect).width(), 0);
    const int height = std::min(editor->sizeHint().height(), rect.height() - 4);
    rect.setTop(option.rect.top() + (option.rect.height() - height) / 2);
    rect.setHeight(height);
    editor->setGeometry(rect);
}

} // namespace gatehouse::cameras
