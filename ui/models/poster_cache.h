// Poster pictures by item, loaded on a pool of threads, newest request first; picture() never waits.
// A picture that is not there yet is asked for again when its item is examined (Changes) or after a
// while. Bounded: the least recently used go. GUI thread.
#pragma once

#include "models/services.h"

#include <QCache>
#include <QImage>
#include <QObject>
#include <QPixmap>
#include <QSet>
#include <QThreadPool>

namespace gatehouse::models
{

class PosterCache : public QObject
{
    Q_OBJECT

public:
    explicit PosterCache(const Services &services, QObject *parent = nullptr);
    ~PosterCache() override;

    // Null while it is not loaded; loading starts then, and loaded() tells.
    QPixmap picture(ItemId item);

Q_SIGNALS:
    void loaded(gatehouse::ItemId item);

private:
    void load(ItemId item);
    void put(ItemId item, const QImage &image);
    void examined(const QVector<catalog::ItemChange> &items);

    QString m_folder;
    QCache<ItemId, QPixmap> m_pictures; // cost: kB
    QSet<ItemId> m_loading;
    QHash<ItemId, qint64> m_absent; // when it was not there
    int m_newest = 0;               // rises with each request: later ones are loaded first
    QThreadPool m_threads;
};

} // namespace gatehouse::models
