#include "ftp/upload_transfer.h"

#include "base/byte_name.h"
#include "base/size_text.h"
#include "ftp/reply.h"

#include <QCoreApplication>

namespace gatehouse::ftp
{

namespace
{
constexpr qsizetype kSmallChunk = 64 << 10; // holds most stills
constexpr qsizetype kLargeChunk = 256 << 10;
constexpr qint64 kOldestChunkMs = 1000;
constexpr qint64 kMaxPendingBytes = qint64(4) << 20;
constexpr qsizetype kMaxBytesPerTurn = 1 << 20; // then other cameras get their turn
constexpr Failure kTooLarge{552, QT_TRANSLATE_NOOP("ftp", "The file is larger than allowed.")};
} // namespace

UploadTransfer::UploadTransfer(SessionHost &host, TransferOwner &owner, UploadRequest request, QString user,
                               QByteArray opening)
    : m_host(host), m_owner(owner), m_request(std::move(request)), m_user(std::move(user)),
      m_opening(std::move(opening))
{
}

// Opens the file only now that the connection is established and its other end is the camera.
void UploadTransfer::start(std::unique_ptr<Stream> stream)
{
    auto upload = m_host.backend.beginUpload(m_request);
    if (!upload)
        return fail(replyCodeAtBegin(upload.error()), replyText(upload.error(), "Not supported."),
                    upload.error().text);
    m_upload = std::move(*upload);
    m_room = m_host.options.limits.fileBytes - bytesBefore();
    m_stream = std::move(stream);
    m_lastByte = m_host.clock.elapsed();
    m_owner.replyWhole(150, m_opening);
    m_stream->setReading(true);
}

void UploadTransfer::refuse(const Failure &failure)
{
    fail(failure);
}

void UploadTransfer::fail(const Failure &failure)
{
    fail(failure.code, failure.text, QCoreApplication::translate("ftp", failure.text));
}

void UploadTransfer::fail(int code, const QByteArray &text, const QString &reason)
{
    m_host.notifyUploadFailed(m_user, readableName(m_request.path), reason, code != 426);
    m_owner.reply(code, text);
    m_owner.transferOver();
}

// What the upload continues.
qint64 UploadTransfer::bytesBefore() const
{
    if (m_request.mode != StoreMode::Append)
        return m_request.offset;
    return m_host.backend.stat(m_request.account, m_request.path).value_or(Entry()).bytes;
}

void UploadTransfer::streamReadable(bool lastBytes)
{
    const qint64 before = m_received;
    while (!m_paused) {
        if (m_chunk.isEmpty()) {
            m_chunk.reserve(m_received == 0 ? kSmallChunk : kLargeChunk);
        } else if (m_chunk.size() == m_chunk.capacity()) {
            m_chunk.reserve(kLargeChunk);
        }
        const qsizetype size = m_chunk.size();
        const qsizetype room = m_chunk.capacity() - size;
        const Stream::State state = m_stream->read(m_chunk, room);
        const qsizetype got = m_chunk.size() - size;
        if (got > 0) {
            m_lastByte = m_host.clock.elapsed();
            if (size == 0)
                m_chunkSince = m_lastByte;
            m_received += got;
        }
        if (m_received > m_room)
            return finish(kTooLarge);
        if (state == Stream::State::Ended)
            return finish(std::nullopt);
        if (state == Stream::State::Cut)
            return finish(Failure{426, QT_TRANSLATE_NOOP("ftp", "Data connection lost.")});
        if (m_chunk.size() >= kLargeChunk) {
            handOver();
            pauseIfBehind();
        }
        if ((got < room && !lastBytes) || got == 0 || m_received - before >= kMaxBytesPerTurn)
            break;
    }
}

void UploadTransfer::handOver()
{
    if (!m_chunk.isEmpty())
        m_upload->write(std::exchange(m_chunk, {}));
}

void UploadTransfer::pauseIfBehind()
{
    if (m_upload->pending() <= kMaxPendingBytes)
        return;
    m_paused = true;
    m_stream->setReading(false);
    m_upload->onDrained([this] {
        if (m_finishing)
            return;
        m_paused = false;
        m_lastByte = m_host.clock.elapsed(); // the camera had to wait
        m_stream->setReading(true);
    });
}

void UploadTransfer::sweep(qint64 now, qint64 silence)
{
    if (!m_upload || m_finishing)
        return;
    if (!m_chunk.isEmpty() && now - m_chunkSince >= kOldestChunkMs)
        handOver();
    if (!m_paused && now - m_lastByte >= silence)
        finish(Failure{426, QT_TRANSLATE_NOOP("ftp", "Timeout.")});
}

void UploadTransfer::abort()
{
    const Failure aborted{426, QT_TRANSLATE_NOOP("ftp", "The camera aborted the transfer.")};
    m_isAborted = true;
    if (!m_upload)
        fail(aborted);
    else if (!m_finishing)
        finish(aborted);
}

void UploadTransfer::drop()
{
    if (m_upload && !m_finishing) {
        handOver();
        m_upload->finish(UploadEnd::Cut);
    }
    m_finishing = true;
    m_stream.reset();
}

void UploadTransfer::finish(std::optional<Failure> failure)
{
    m_finishing = true;
    handOver();
    m_stream->setReading(false);
    m_stream->sendEnd();
    m_host.poller.destroyLater(std::move(m_stream)); // it may be our caller
    auto result = m_upload->finish(failure ? UploadEnd::Cut : UploadEnd::Complete);
    // Weak: the session may be gone.
    m_host.completions.await<void>(std::move(result),
                                   [weak = weak_from_this(), failure](const Result<void> &done) {
                                       if (const auto self = weak.lock())
                                           self->finished(failure, done);
                                   });
}

void UploadTransfer::finished(const std::optional<Failure> &failure, const Result<void> &result)
{
    // A resumed upload may have nothing left to send; one that we cannot store says nothing about the camera.
    const bool isWhole = m_request.offset == 0 && m_request.mode != StoreMode::Append;
    if (isWhole && !m_isAborted && (failure || result) && !m_upload->isTest())
        m_host.notifyUploadEnded(m_user, m_request.peer, m_received == 0);
    if (failure && failure->code == kTooLarge.code)
        m_host.notifyFileRefused(
            {FaultKind::FileTooLarge, m_user, m_request.peer, sizeText(m_host.options.limits.fileBytes)},
            m_request.path);
    if (failure)
        return fail(*failure);
    if (!result)
        return fail(replyCode(result.error()), replyText(result.error(), "Can't store file."),
                    result.error().text);
    m_host.notifyUploadKept(m_user, m_request.path);
    m_owner.reply(226, "File stored.");
    m_owner.transferOver();
}

} // namespace gatehouse::ftp
