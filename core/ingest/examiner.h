// Has every accepted still and clip examined by the media workers and writes down what they find. Newest
// first; what an earlier run left unexamined is asked for at the start. Engine's main thread.
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
             QString posterFolder, QObject *parent = nullptr);

    // Takes up what an earlier run left.
    void resume();
    [[nodiscard]] int waiting() const;

Q_SIGNALS:
    void posterMade(gatehouse::ItemId item);

private:
    void note(const QVector<catalog::ItemChange> &changes, bool isNew);
    void lookUp();
    void examine(const catalog::Item &item);
    void write(ItemId item, const media::ProbeResult &found);

    catalog::Writer &m_writer;
    catalog::ReaderPool &m_readers;
    media::ExaminationQueue &m_queue;
    QString m_posterFolder;
    QVector<ItemId> m_noted; // whose files are not known yet
    bool m_isLookingUp = false;
};

} // namespace gatehouse::ingest
