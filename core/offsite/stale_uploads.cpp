#include "offsite/stale_uploads.h"

#include "base/when_done.h"
#include "offsite/outbox.h"

#include <QLoggingCategory>

namespace gatehouse::offsite
{

namespace
{

Q_LOGGING_CATEGORY(lcStale, "gatehouse.offsite.stale")

} // namespace

StaleUploads::StaleUploads(s3::Client &client, catalog::Writer &writer, QString root, QObject *parent)
    : QObject(parent), m_client(client), m_writer(writer), m_root(std::move(root))
{
}

void StaleUploads::start()
{
    whenDone(m_writer.submit(ReadUploadIds{}), this, [this](const Result<QSet<QByteArray>> &ids) {
        if (!ids)
            return Q_EMIT ended(false);
        m_ours = *ids;
        nextPage({}, {});
    });
}

void StaleUploads::nextPage(const QString &keyMarker, const QByteArray &idMarker)
{
    whenDone(m_client.listMultipartUploads(m_root, keyMarker, idMarker), this,
             [this](const s3::Reply<s3::UploadPage> &page) {
                 if (!page) {
                     qCInfo(lcStale).noquote() << "stale uploads cannot be listed:" << page.error().text;
                     return Q_EMIT ended(page.error().remedy != s3::Remedy::TryAgain);
                 }
                 for (const s3::PendingUpload &upload : page->uploads) {
                     if (!m_ours.contains(upload.uploadId))
                         m_client.abortMultipartUpload(upload.key, upload.uploadId);
                 }
                 if (page->nextKeyMarker.isEmpty())
                     return Q_EMIT ended(true);
                 nextPage(page->nextKeyMarker, page->nextUploadIdMarker);
             });
}

} // namespace gatehouse::offsite
