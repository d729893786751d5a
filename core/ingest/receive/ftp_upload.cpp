#include "ingest/receive/ftp_upload.h"

#include "base/futures.h"
#include "base/size_text.h"
#include "base/when_done.h"
#include "ingest/receive/connection_test.h"
#include "ingest/receive/duplicate.h"
#include "ingest/receive/new_item.h"

#include <QCoreApplication>
#include <QLocale>

namespace gatehouse::ingest
{

namespace
{

using catalog::Added;
using catalog::NewItem;

QString cutReason(qint64 bytes)
{
    return QCoreApplication::translate("FtpUpload", "The connection was lost after %1").arg(sizeText(bytes));
}

catalog::FtpEntry ftpEntryOf(const NewItem &item, const Added &added)
{
    catalog::FtpEntry entry{item.sourcePath, false,       item.bytes,       item.received,
                            added.item,      item.sha256, item.relativePath};
    if (added.duplicate)
        entry.relativePath = added.kept.archive == item.archive ? added.kept.relativePath : QString();
    return entry;
}

// The row could not be written: the placed file must not remain without one.
void takeBack(archive::Archive &archive, const NewItem &item)
{
    archive.remove(item.id, item.relativePath,
                   QCoreApplication::translate("FtpUpload", "It could not be catalogued"));
}

// Placed -> row -> reply. Runs on a storage thread; the FTP tree changes on the network thread.
void record(const SharedPromise<Result<void>> &answer, const UploadContext &context,
            const ftp::UploadRequest &request, NewItem item, const archive::Placement &placement,
            const archive::Placed &placed)
{
    item.archive = placed.archive;
    item.relativePath = placed.relativePath;
    item.bytes = placed.bytes;
    item.sha256 = placed.sha256;
    if (placed.prefixMatches)
        item.extends = context.existing;
    whenDone(addPlaced({context.writer, context.archive, item, placement, context.thread}),
             [answer, context, request, item](const Result<Added> &added) {
                 if (!added) {
                     takeBack(context.archive, item);
                     answer.resolve(tl::unexpected(added.error()));
                     return;
                 }
                 context.stored({request, ftpEntryOf(item, *added), context.attempt,
                                 item.state != ItemState::Incomplete, item.isOvertaken});
                 answer.resolve({});
             });
}

} // namespace

FtpUpload::FtpUpload(UploadContext context, ftp::UploadRequest request, vendors::PathMetadata metadata,
                     std::unique_ptr<archive::StagedFile> staged, qint64 startBytes)
    : m_context(std::move(context)), m_request(std::move(request)), m_metadata(std::move(metadata)),
      m_staged(std::move(staged)), m_bytes(startBytes)
{
}

FtpUpload::~FtpUpload()
{
    if (!m_finished)
        finish(ftp::UploadEnd::Cut);
}

void FtpUpload::write(QByteArray chunk)
{
    if (m_metadata.isTestName && m_head.size() == m_bytes && m_bytes < kMaxConnectionTestBytes)
        m_head += chunk.left(kMaxConnectionTestBytes - m_bytes);
    m_bytes += chunk.size();
    m_staged->write(std::move(chunk));
}

qint64 FtpUpload::pending() const
{
    return m_staged->pending();
}

void FtpUpload::onDrained(std::function<void()> drained)
{
    m_staged->onDrained(std::move(drained));
}

NewItem FtpUpload::newItem(ftp::UploadEnd end) const
{
    NewItem item = toNewItem(m_metadata, m_request.path, m_context.clock.now(), QTimeZone::systemTimeZone());
    item.id = m_context.writer.ids().next();
    item.account = m_request.account;
    if (end == ftp::UploadEnd::Cut) {
        item.state = ItemState::Incomplete;
        item.reason = cutReason(m_bytes);
    }
    // A hung upload may end cleanly, too: when the camera's process dies, its system closes the connection.
    if (end == ftp::UploadEnd::Cut || m_context.attempt->overtakenBy.isValid()) {
        item.isOvertaken = m_context.attempt->isOvertaken;
        item.overtakenBy = m_context.attempt->overtakenBy;
    }
    return item;
}

archive::Placement FtpUpload::placementOf(const NewItem &item, bool cut) const
{
    return {item.id,
            m_context.user,
            archiveFolder(m_context.user, m_metadata),
            m_request.path,
            item.received,
            m_request.peer.toString(),
            cut};
}

// Some cameras send an empty file as a test.
bool FtpUpload::isTest() const
{
    return isConnectionTest(m_metadata, m_bytes, m_head);
}

QFuture<Result<void>> FtpUpload::finish(ftp::UploadEnd end)
{
    m_finished = true;
    // An empty file holds no evidence, and the camera may have created it on purpose.
    if (m_bytes == 0 || isTest()) {
        m_staged.reset();
        if (end == ftp::UploadEnd::Complete)
            m_context.stored({m_request,
                              {m_request.path, false, m_bytes, m_context.clock.now(), {}, {}, {}},
                              m_context.attempt,
                              true,
                              false,
                              isTest()});
        return answered<Result<void>>({});
    }
    takeKindFromContent(m_metadata, m_head);
    const SharedPromise<Result<void>> answer;
    const NewItem item = newItem(end);
    const bool cut = end == ftp::UploadEnd::Cut;
    const archive::Placement placement = placementOf(item, cut);
    // The storage thread that placed the file requests the row: one hop less per upload.
    whenDone(m_staged->place(placement), [answer, item, placement, context = m_context,
                                          request = m_request](const Result<archive::Placed> &placed) {
        if (!placed) {
            answer.resolve(tl::unexpected(placed.error()));
            return;
        }
        record(answer, context, request, item, placement, *placed);
    });
    if (cut)
        m_context.recordingCut(m_request, answer.future());
    return answer.future();
}

} // namespace gatehouse::ingest
