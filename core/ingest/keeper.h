// Keeps the promises about room: days to keep and a reserve of free space, oldest first, protected
// never, every deletion with its reason. Engine's main thread.
#pragma once

#include "archive/archive.h"
#include "archive/retention.h"
#include "catalog/writer.h"
#include "ingest/clock_watch.h"
#include "ingest/garbage_collector.h"

#include <QObject>
#include <QTimer>

namespace gatehouse::ingest
{

class Keeper : public QObject
{
    Q_OBJECT

public:
    Keeper(catalog::Writer &writer, archive::Archive &archive, GarbageCollector &garbage, ClockWatch &clock,
           QObject *parent = nullptr);

    void setRules(archive::RetentionRules rules);
    // Looks now; otherwise once a minute.
    void look();

private:
    catalog::Writer &m_writer;
    archive::Archive &m_archive;
    GarbageCollector &m_garbage;
    ClockWatch &m_clock;
    archive::RetentionRules m_rules;
    QTimer m_timer;
    bool m_looking = false;
    bool m_goOn = false; // more may have to go when this round's bytes are gone

    void remove(const QVector<catalog::Item> &oldest, const Space &space);
};

} // namespace gatehouse::ingest
