#include "ingest/receive/partial_upload_reconciler.h"

#include "archive/hasher.h"
#include "base/futures.h"
#include "base/when_done.h"
#include "catalog/operations/partial_uploads.h"

namespace gatehouse::ingest
{

namespace
{

constexpr qint64 kStep = qint64(1) << 20;

using Pair = std::pair<std::optional<catalog::Item>, std::optional<catalog::Item>>;

// Empty: it could not be read that far.
QByteArray hashOfPrefix(FileSystem &files, const QString &path, qint64 bytes,
                        const std::atomic_bool &stopping)
{
    archive::Hasher hasher;
    for (qint64 done = 0; done < bytes;) {
        const auto portion = files.read(path, done, std::min(kStep, bytes - done));
        if (!portion || portion->isEmpty() || stopping)
            return {};
        hasher.add(*portion);
        done += portion->size();
    }
    return hasher.current();
}

} // namespace

PartialUploadReconciler::PartialUploadReconciler(catalog::Writer &writer, catalog::ReaderPool &readers,
                                                 FileSystem &files, QObject *parent)
    : QObject(parent), m_writer(writer), m_readers(readers), m_files(files)
{
    m_thread.setMaxThreadCount(1);
    connect(&m_writer.changes(), &catalog::Changes::partialUploadsFound, this,
            &PartialUploadReconciler::compare);
}

PartialUploadReconciler::~PartialUploadReconciler()
{
    m_stopping = true;
    m_thread.waitForDone();
}

void PartialUploadReconciler::resume()
{
    const auto asked = m_readers.ask([](catalog::Reader &reader) { return reader.partialUploads(); });
    whenDone(asked, this, [this](const Result<QVector<catalog::PartialUpload>> &pairs) {
        if (pairs)
            compare(*pairs);
    });
}

void PartialUploadReconciler::compare(const QVector<catalog::PartialUpload> &pairs)
{
    for (const catalog::PartialUpload &pair : pairs) {
        const auto asked = m_readers.ask([pair](catalog::Reader &reader) -> Result<Pair> {
            const auto item = reader.item(pair.item);
            const auto whole = reader.item(pair.whole);
            if (!item || !whole)
                return tl::unexpected(item ? whole.error() : item.error());
            return Pair(*item, *whole);
        });
        whenDone(asked, this, [this, pair](const Result<Pair> &items) {
            if (items && items->first && items->second)
                read(pair, *items->first, *items->second);
        });
    }
}

void PartialUploadReconciler::read(const catalog::PartialUpload &pair, const catalog::Item &item,
                                   const catalog::Item &whole)
{
    const SharedPromise<bool> answer;
    whenDone(answer.future(), this, [this, pair](bool isPrefix) {
        if (isPrefix)
            m_writer.submit(catalog::Supersede{pair});
    });
    m_thread.start([this, answer, path = whole.path, bytes = item.bytes, sha256 = item.sha256] {
        answer.resolve(hashOfPrefix(m_files, path, bytes, m_stopping) == sha256);
    });
}

} // namespace gatehouse::ingest
