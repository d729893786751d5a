#include "ingest/ftp_upload.h"

#include "base/futures.h"
#include "ingest/describe.h"

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
    return QCoreApplication::translate("FtpUpload", "The connection was cut after %1")
        .arg(QLocale().formattedDataSize(bytes));
}

catalog::ViewEntry viewEntryOf(const NewItem &item, ItemId stored)
{
    return {item.sourcePath, false, item.bytes, item.received, stored, item.sha256, item.relativePath};
}

// The row could not be written or is not needed: the placed file must not stay without one.
void takeBack(archive::Archive &archive, const NewItem &item, const char *reason)
{
    archive.remove(item.id, item.relativePath, QCoreApplication::translate("FtpUpload", reason));
}

// Placed -> row -> answer. Runs on a storage thread; what the camera sees changes on the network thread.
void record(const Answer<Result<void>> &answer, const UploadContext &context,
            const ftp::UploadRequest &request, NewItem item, const archive::Placed &placed)
{
    item.archive = placed.archive;
    item.relativePath = placed.relativePath;
    item.bytes = placed.bytes;
    item.sha256 = placed.sha256;
    if (placed.prefixMatches || context.continuesExisting)
        item.extends = context.existing;
    context.writer.addItem(item).then(context.thread, [answer, context, request,
                                                       item](const Result<Added> &added) {
        if (!added) {
            takeBack(context.archive, item, QT_TRANSLATE_NOOP("FtpUpload", "It could not be catalogued"));
            answer.resolve(tl::unexpected(added.error()));
            return;
        }
        if (added->duplicate)
            takeBack(context.archive, item, QT_TRANSLATE_NOOP("FtpUpload", "The same file is kept already"));
        context.stored({request, viewEntryOf(item, added->item)});
        answer.resolve({});
    });
}

} // namespace

FtpUpload::FtpUpload(UploadContext context, ftp::UploadRequest request, vendors::Meaning meaning,
                     std::unique_ptr<archive::Intake> intake, qint64 startBytes)
    : m_context(std::move(context)), m_request(std::move(request)), m_meaning(std::move(meaning)),
      m_intake(std::move(intake)), m_bytes(startBytes)
{
}

FtpUpload::~FtpUpload()
{
    if (!m_finished)
        finish(ftp::UploadEnd::Cut);
}

void FtpUpload::write(QByteArray chunk)
{
    m_bytes += chunk.size();
    m_intake->write(std::move(chunk));
}

qint64 FtpUpload::pending() const
{
    return m_intake->pending();
}

void FtpUpload::onDrained(std::function<void()> drained)
{
    m_intake->onDrained(std::move(drained));
}

NewItem FtpUpload::newItem(ftp::UploadEnd end) const
{
    NewItem item = describe(m_meaning, m_request.path, m_context.clock.now(), QTimeZone::systemTimeZone());
    item.id = m_context.writer.nextItemId();
    item.account = m_request.account;
    if (item.kind != Kind::Still && item.kind != Kind::Clip)
        item.state = ItemState::Ok; // nothing to decode
    if (end == ftp::UploadEnd::Cut) {
        item.state = ItemState::Incomplete;
        item.reason = cutReason(m_bytes);
    }
    return item;
}

archive::Placement FtpUpload::placementOf(const NewItem &item, bool cut) const
{
    return {item.id,
            m_context.user,
            archiveFolder(m_context.user, m_meaning),
            m_request.path,
            item.received,
            m_request.peer.toString(),
            cut};
}

QFuture<Result<void>> FtpUpload::finish(ftp::UploadEnd end)
{
    m_finished = true;
    if (m_bytes == 0) {
        // Nothing came: there is no evidence to keep, and a camera that made an empty file meant to.
        m_intake.reset();
        if (end == ftp::UploadEnd::Complete)
            m_context.stored({m_request, {m_request.path, false, 0, m_context.clock.now(), {}, {}, {}}});
        return answered<Result<void>>({});
    }
    const Answer<Result<void>> answer;
    const NewItem item = newItem(end);
    const bool cut = end == ftp::UploadEnd::Cut;
    // The row is asked for on the storage thread that placed the file: one hop less for every upload.
    m_intake->place(placementOf(item, cut))
        .then(QtFuture::Launch::Sync, [answer, item, context = m_context,
                                       request = m_request](const Result<archive::Placed> &placed) {
            if (!placed) {
                answer.resolve(tl::unexpected(placed.error()));
                return;
            }
            record(answer, context, request, item, *placed);
        });
    if (cut)
        m_context.recordingCut(m_request, answer.future());
    return answer.future();
}

TestUpload::TestUpload(ftp::UploadRequest request, const Clock &clock,
                       std::function<void(const UploadOutcome &)> stored)
    : m_request(std::move(request)), m_clock(clock), m_stored(std::move(stored))
{
}

void TestUpload::write(QByteArray chunk)
{
    m_bytes += chunk.size();
}

qint64 TestUpload::pending() const
{
    return 0;
}

void TestUpload::onDrained(std::function<void()>) {}

QFuture<Result<void>> TestUpload::finish(ftp::UploadEnd end)
{
    if (end == ftp::UploadEnd::Complete)
        m_stored({m_request, {m_request.path, false, m_bytes, m_clock.now(), {}, {}, {}}});
    return answered<Result<void>>({});
}

} // namespace gatehouse::ingest
