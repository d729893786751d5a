#include "catalog/reader_pool.h"

#include "catalog/reader_shelf.h"

#include <QFile>
#include <sys/stat.h>

namespace gatehouse::catalog
{

namespace
{

ReaderShelf::FileId idOf(const QString &path)
{
    struct stat info {
    };
    return ::stat(QFile::encodeName(path).constData(), &info) == 0
               ? ReaderShelf::FileId(info.st_dev, info.st_ino)
               : ReaderShelf::FileId();
}

} // namespace

std::unique_ptr<Reader> ReaderShelf::take(FileId file)
{
    const std::scoped_lock lock(m_mutex);
    if (std::exchange(m_file, file) != file)
        m_idle.clear();
    if (m_idle.empty())
        return nullptr;
    std::unique_ptr<Reader> reader = std::move(m_idle.back());
    m_idle.pop_back();
    return reader;
}

void ReaderShelf::put(std::unique_ptr<Reader> reader, FileId file)
{
    const std::scoped_lock lock(m_mutex);
    if (file == m_file)
        m_idle.push_back(std::move(reader));
}

ReaderPool::ReaderPool(QString databasePath, int threads)
    : m_databasePath(std::move(databasePath)), m_shelf(std::make_unique<ReaderShelf>())
{
    m_threads.setMaxThreadCount(threads);
}

ReaderPool::~ReaderPool()
{
    m_threads.waitForDone();
}

void ReaderPool::run(std::function<void(const Result<Reader *> &)> task)
{
    m_threads.start([this, task = std::move(task)] {
        const ReaderShelf::FileId file = idOf(m_databasePath);
        std::unique_ptr<Reader> reader = m_shelf->take(file);
        if (!reader) {
            Result<std::unique_ptr<Reader>> opened = Reader::open(m_databasePath);
            if (!opened) {
                task(tl::unexpected(opened.error()));
                return; // the next question tries again: the engine may just be making the catalog
            }
            reader = std::move(*opened);
        }
        task(reader.get());
        m_shelf->put(std::move(reader), file);
    });
}

} // namespace gatehouse::catalog
