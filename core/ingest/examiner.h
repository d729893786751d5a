// Has the media workers examine every accepted still and clip, and records the results. Newest first; items
// left unexamined by an earlier run are requested at startup. Engine's main thread.
#pragma once

#include "catalog/reader_pool.h"
#include "catalog/writer.h"
#include "media/worker/examination_queue.h"

#include <QObject>

namespace gatehouse::ingest
{

class Examiner : public QObject
{
    Q_OBJECT

public:
    Examiner(catalog::Writer &writer, catalog::ReaderPool &readers, media::ExaminationQueue &queue,
             QString cacheFolder, QObject *parent = nullptr);

    // Resumes what an earlier run left.
    void resume();
    [[nodiscard]] int waiting() const;

private:
    void note(const QVector<catalog::ItemChange> &changes, bool isNew);
    void lookUp();
    void examine(const catalog::Item &item);
    void write(ItemId item, const media::ProbeResult &found);

    catalog::Writer &m_writer;
    catalog::ReaderPool &m_readers;
    media::ExaminationQueue &m_queue;
    QString m_cacheFolder;
    QVector<ItemId> m_noted; // their files have not been looked up yet
    bool m_isLookingUp = false;
};

} // namespace gatehouse::ingest
