// The deletion log as a table, newest first, read page by page while scrolling. GUI thread.
#pragma once

#include "catalog/reader_pool.h"
#include "catalog/types/camera.h"
#include "catalog/types/deletion.h"

#include <QAbstractTableModel>
#include <QDateTime>
#include <QHash>

namespace gatehouse::shell
{

// "12 Jun 2026  14:03:22"
QString dayAndTime(const QDateTime &local);

class DeletionModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { DeletedAt, Camera, Recorded, Size, Reason, ColumnCount };

    explicit DeletionModel(catalog::ReaderPool &reader, QObject *parent = nullptr);

    // False until the first page has been read.
    [[nodiscard]] bool isLoaded() const { return m_isLoaded; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void loaded();                        // another page
    void failed(const QString &sentence); // the catalog cannot be read

private:
    struct Page {
        QVector<catalog::Deletion> deletions;
        QVector<catalog::Camera> cameras;
    };
    void take(const Page &page);
    [[nodiscard]] QString text(const catalog::Deletion &deletion, Column column) const;

    catalog::ReaderPool &m_reader;
    QVector<catalog::Deletion> m_rows;
    QHash<CameraId, QString> m_names;
    bool m_isLoaded = false;
    bool m_isRequested = false;
    bool m_isComplete = false;
};

} // namespace gatehouse::shell
