// Poster pictures by item, loaded on a thread pool, newest request first; picture() never blocks. Retries a
// missing picture when its item is examined (Changes) or after a while. Bounded: evicts the least recently
// used. GUI thread.
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

    // Null until loaded; starts loading, and loaded() follows.
    QPixmap picture(ItemId item);

Q_SIGNALS:
    void loaded(gatehouse::ItemId item);

private:
    void load(ItemId item);
    void lookUp();
    void read(ItemId item, const QString &path);
    void put(ItemId item, const QImage &image);
    void examined(const QVector<catalog::ItemChange> &items);

    catalog::ReaderPool &m_reader;
    QString m_folder;
    QCache<ItemId, QPixmap> m_pictures; // cost: kB
    QSet<ItemId> m_loading;
    QVector<ItemId> m_requested; // their paths have not been looked up yet
    bool m_isLookingUp = false;
    QHash<ItemId, qint64> m_absent; // when it was missing
    int m_newest = 0;               // incremented with each request: later ones load first
    QThreadPool m_threads;
};

} // namespace gatehouse::models
