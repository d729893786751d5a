#include "catalog/reader_pool.h"

#include <QFile>
#include <mutex>
#include <sys/stat.h>
#include <utility>
#include <vector>

namespace gatehouse::catalog
{

namespace
{

using FileId = std::pair<quint64, quint64>; // device, inode

FileId idOf(const QString &path)
{
    struct stat info {
    };
    return ::stat(QFile::encodeName(path).constData(), &info) == 0 ? FileId(info.st_dev, info.st_ino)
                                                                   : FileId();
}

} // namespace

// Open readers that are not in use. Drops those of a file that has been replaced (by a repair). Thread-safe.
class ReaderPool::IdleReaders
{
public:
    std::unique_ptr<Reader> take(FileId file); // null: open one
    void put(std::unique_ptr<Reader> reader, FileId file);

private:
    std::mutex m_mutex;
    std::vector<std::unique_ptr<Reader>> m_readers;
    FileId m_file; // shared by all of them
};

std::unique_ptr<Reader> ReaderPool::IdleReaders::take(FileId file)
{
    const std::scoped_lock lock(m_mutex);
    if (std::exchange(m_file, file) != file)
        m_readers.clear();
    if (m_readers.empty())
        return nullptr;
    std::unique_ptr<Reader> reader = std::move(m_readers.back());
    m_readers.pop_back();
    return reader;
}

void ReaderPool::IdleReaders::put(std::unique_ptr<Reader> reader, FileId file)
{
    const std::scoped_lock lock(m_mutex);
    if (file == m_file)
        m_readers.push_back(std::move(reader));
}

ReaderPool::ReaderPool(QString databasePath, int threads)
    : m_databasePath(std::move(databasePath)), m_idle(std::make_unique<IdleReaders>())
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
        const FileId file = idOf(m_databasePath);
        std::unique_ptr<Reader> reader = m_idle->take(file);
        if (!reader) {
            Result<std::unique_ptr<Reader>> opened = Reader::open(m_databasePath);
            if (!opened) {
                task(tl::unexpected(opened.error()));
                return; // the next query retries: the engine may just be creating the catalog
            }
            reader = std::move(*opened);
        }
        task(reader.get());
        m_idle->put(std::move(reader), file);
    });
}

} // namespace gatehouse::catalog
