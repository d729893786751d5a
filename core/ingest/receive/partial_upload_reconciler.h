// Cameras whose connection breaks try again, break again, and come through at last. What such tries left
// behind is superseded by what came later under the same name, whatever the order and the lengths, but only
// where the later one starts with its bytes. Engine's main thread; files are read on a thread of
// its own.
#pragma once

#include "base/file_system.h"
#include "catalog/reader_pool.h"
#include "catalog/writer.h"

#include <QObject>
#include <QThreadPool>
#include <atomic>

namespace gatehouse::ingest
{

class PartialUploadReconciler : public QObject
{
    Q_OBJECT

public:
    PartialUploadReconciler(catalog::Writer &writer, catalog::ReaderPool &readers, FileSystem &files,
                            QObject *parent = nullptr);
    ~PartialUploadReconciler() override;

    // Takes up what an earlier run left.
    void resume();

private:
    void compare(const QVector<catalog::PartialUpload> &pairs);
    void read(const catalog::PartialUpload &pair, const catalog::Item &item, const catalog::Item &whole);

    catalog::Writer &m_writer;
    catalog::ReaderPool &m_readers;
    FileSystem &m_files;
    std::atomic_bool m_stopping = false;
    QThreadPool m_thread;
};

} // namespace gatehouse::ingest
