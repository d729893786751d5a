// Has the media workers examine every accepted still and clip, and whatever its name does not tell, and
// records the results: the kind, and which of the cameras that share a login took a picture. Newest first;
// items left unexamined by an earlier run are requested at startup. Engine's main thread.
#pragma once

#include "catalog/reader_pool.h"
#include "catalog/writer.h"
#include "media/worker/examination_queue.h"
#include "vendors/matcher.h"

#include <QObject>

namespace gatehouse::ingest
{

class Examiner : public QObject
{
    Q_OBJECT

public:
    Examiner(catalog::Writer &writer, catalog::ReaderPool &readers, media::ExaminationQueue &queue,
             std::shared_ptr<const vendors::Matcher> matcher, QString cacheFolder, QObject *parent = nullptr);

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
    std::shared_ptr<const vendors::Matcher> m_matcher;
    QString m_cacheFolder;
    QHash<ItemId, QString> m_paths; // of those being examined: their names on the camera
    QVector<ItemId> m_noted;        // their files have not been looked up yet
    bool m_isLookingUp = false;
};

} // namespace gatehouse::ingest
