// Cameras whose connection breaks try again, break again, and come through at last. What such tries left
// behind gives way to what came later under the same name, whatever the order and the lengths, but only
// where it is the later one's beginning, byte for byte. Engine's main thread; files are read on a thread of
// its own.
#pragma once

#include "base/files.h"
#include "catalog/reader_pool.h"
#include "catalog/writer.h"

#include <QObject>
#include <QThreadPool>
#include <atomic>

namespace gatehouse::ingest
{

class Beginnings : public QObject
{
    Q_OBJECT

public:
    Beginnings(catalog::Writer &writer, catalog::ReaderPool &readers, Files &files,
               QObject *parent = nullptr);
    ~Beginnings() override;

    // Takes up what an earlier run left.
    void resume();

private:
    void compare(const QVector<catalog::Beginning> &pairs);
    void read(const catalog::Beginning &pair, const catalog::Item &item, const catalog::Item &whole);

    catalog::Writer &m_writer;
    catalog::ReaderPool &m_readers;
    Files &m_files;
    std::atomic_bool m_ending = false;
    QThreadPool m_thread;
};

} // namespace gatehouse::ingest
