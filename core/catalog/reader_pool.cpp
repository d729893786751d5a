#include "catalog/reader_pool.h"

#include "catalog/reader_shelf.h"

namespace gatehouse::catalog
{

std::unique_ptr<Reader> ReaderShelf::take()
{
    const std::scoped_lock lock(m_mutex);
    if (m_idle.empty())
        return nullptr;
    std::unique_ptr<Reader> reader = std::move(m_idle.back());
    m_idle.pop_back();
    return reader;
}

void ReaderShelf::put(std::unique_ptr<Reader> reader)
{
    const std::scoped_lock lock(m_mutex);
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
        std::unique_ptr<Reader> reader = m_shelf->take();
        if (!reader) {
            Result<std::unique_ptr<Reader>> opened = Reader::open(m_databasePath);
            if (!opened) {
                task(tl::unexpected(opened.error()));
                return; // the next question tries again: the engine may just be making the catalog
            }
            reader = std::move(*opened);
        }
        task(reader.get());
        m_shelf->put(std::move(reader));
    });
}

} // namespace gatehouse::catalog
