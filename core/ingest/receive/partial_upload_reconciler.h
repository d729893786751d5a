// Cameras with a bad connection are cut, retry, are cut again, and eventually succeed. Their partial uploads
// are superseded by later uploads of the same name, whatever their order and length, but only if the later
// one starts with the same bytes. Engine's main thread; files are read on a separate thread.
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

    // Resumes what an earlier run left.
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
