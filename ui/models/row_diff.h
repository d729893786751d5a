// Updates a list model's rows to newly read ones with a minimal set of row operations, so that selection,
// scroll position and visible rows are kept. Matches rows by key.
// GUI thread. `Model` declares this a friend, because the row operations are protected.
#pragma once

#include <QAbstractItemModel>
#include <QSet>
#include <QVector>

namespace gatehouse::models
{

struct RowDiff {
    // keyOf(row) -> hashable; calls model->begin…Rows/end…Rows and model->dataChanged.
    template<typename Model, typename Row, typename KeyOf>
    static void apply(Model *model, QVector<Row> &rows, const QVector<Row> &wanted, KeyOf keyOf)
    {
        removeGone(model, rows, wanted, keyOf);
        for (int i = 0; i < int(wanted.size()); ++i) {
            const int found = indexFrom(rows, i, keyOf(wanted[i]), keyOf);
            if (found < 0) {
                model->beginInsertRows({}, i, i);
                rows.insert(i, wanted[i]);
                model->endInsertRows();
                continue;
            }
            if (found != i) {
                model->beginMoveRows({}, found, found, {}, i);
                rows.move(found, i);
                model->endMoveRows();
            }
            if (!(rows[i] == wanted[i])) {
                rows[i] = wanted[i];
                Q_EMIT model->dataChanged(model->index(i, 0), model->index(i, 0));
            }
        }
    }

private:
    template<typename Model, typename Row, typename KeyOf>
    static void removeGone(Model *model, QVector<Row> &rows, const QVector<Row> &wanted, KeyOf keyOf)
    {
        QSet<decltype(keyOf(rows.front()))> keys;
        for (const Row &row : wanted)
            keys.insert(keyOf(row));
        for (int i = int(rows.size()) - 1; i >= 0; --i) {
            if (keys.contains(keyOf(rows[i])))
                continue;
            model->beginRemoveRows({}, i, i);
            rows.remove(i);
            model->endRemoveRows();
        }
    }

    template<typename Row, typename Key, typename KeyOf>
    static int indexFrom(const QVector<Row> &rows, int from, const Key &key, KeyOf keyOf)
    {
        for (int i = from; i < int(rows.size()); ++i) {
            if (keyOf(rows[i]) == key)
                return i;
        }
        return -1;
    }
};

} // namespace gatehouse::models
