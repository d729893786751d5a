// Keeps the promises about room: days to keep and a reserve of free space, oldest first, protected
// never, every deletion with its reason. Engine's main thread.
#pragma once

#include "archive/archive.h"
#include "catalog/writer.h"
#include "ingest/garbage_collector.h"

#include <QObject>
#include <QTimer>

namespace gatehouse::ingest
{

struct KeepingRules {
    int days = 60;               // 0: until the room is needed
    qint64 reserveBytes = 0;     // free space kept on the disk
};

class Keeper : public QObject
{
    Q_OBJECT

public:
    Keeper(catalog::Writer &writer, archive::Archive &archive, GarbageCollector &garbage, const Clock &clock,
           QObject *parent = nullptr);

    void setRules(KeepingRules rules);
    // Looks now; otherwise once a minute.
    void look();

private:
    catalog::Writer &m_writer;
    archive::Archive &m_archive;
    GarbageCollector &m_garbage;
    const Clock &m_clock;
    KeepingRules m_rules;
    QTimer m_timer;
    bool m_looking = false;

    void remove(const QVector<catalog::Item> &oldest, qint64 free);
};

} // namespace gatehouse::ingest
