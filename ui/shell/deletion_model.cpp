#include "shell/deletion_model.h"

#include "base/regional_time.h"
#include "base/size_text.h"
#include "base/when_done.h"
#include "widgets/format.h"

namespace gatehouse::shell
{

namespace
{

constexpr int kPageRows = 200;

} // namespace

QString dayAndTime(const QDateTime &local)
{
    return QStringLiteral("%1  %2").arg(dateText(local.date(), DateStyle::DayMonthYear),
                                        timeText(local.time(), TimeStyle::Second));
}

DeletionModel::DeletionModel(catalog::ReaderPool &reader, QObject *parent)
    : QAbstractTableModel(parent), m_reader(reader)
{
    fetchMore({});
}

int DeletionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int DeletionModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString DeletionModel::text(const catalog::Deletion &deletion, Column column) const
{
    switch (column) {
    case DeletedAt:
        return dayAndTime(QDateTime::fromMSecsSinceEpoch(deletion.at));
    case Camera:
        return m_names.value(deletion.camera, tr("Removed camera"));
    case Recorded:
        return dayAndTime(QDateTime::fromMSecsSinceEpoch(deletion.captured));
    case Size:
        return sizeText(deletion.bytes);
    case Reason:
        return deletion.reason;
    case ColumnCount:
        break;
    }
    return {};
}

QVariant DeletionModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const catalog::Deletion &deletion = m_rows[index.row()];
    const auto column = Column(index.column());
    if (role == Qt::DisplayRole)
        return text(deletion, column);
    if (role == Qt::ToolTipRole)
        return column == Recorded ? deletion.sourcePath : text(deletion, column);
    if (role == Qt::TextAlignmentRole && column == Size)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

QVariant DeletionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == Size)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QString names[ColumnCount] = {tr("Deleted"), tr("Camera"), tr("Recorded"), tr("Size"),
                                        tr("Reason")};
    return names[section];
}

bool DeletionModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_isRequested && !m_isComplete;
}

void DeletionModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    m_isRequested = true;
    catalog::DeletionQuery query;
    query.limit = kPageRows;
    if (!m_rows.isEmpty())
        query.after = m_rows.last();
    whenDone(m_reader.ask([query](catalog::Reader &reader) -> Result<Page> {
        auto deletions = reader.deletions(query);
        if (!deletions)
            return tl::unexpected(deletions.error());
        return reader.cameras().map([&](const QVector<catalog::Camera> &cameras) {
            return Page{std::move(*deletions), cameras};
        });
    }),
             this, [this](const Result<Page> &page) {
                 m_isRequested = false;
                 if (page) {
                     take(*page);
                     return;
                 }
                 m_isComplete = true;
                 Q_EMIT failed(page.error().text);
             });
}

void DeletionModel::take(const Page &page)
{
    for (const catalog::Camera &camera : page.cameras)
        m_names.insert(camera.id, camera.name);
    m_isLoaded = true;
    m_isComplete = page.deletions.size() < kPageRows;
    if (!page.deletions.isEmpty()) {
        beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + page.deletions.size()) - 1);
        m_rows += page.deletions;
        endInsertRows();
    }
    Q_EMIT loaded();
}

} // namespace gatehouse::shell
