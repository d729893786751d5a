#include "ftp/listing_transfer.h"

#include "ftp/glob.h"

namespace gatehouse::ftp
{

namespace
{
constexpr qsizetype kListingChunkBytes = 32 << 10;
constexpr qsizetype kEntriesPerChunk = 400; // fill a chunk
constexpr qsizetype kMatchesPerChunk = 100; // an adversarial glob may cost 0.1 ms per name
constexpr int kChunksPerTurn = 4;
} // namespace

void ListingTransfer::start(std::unique_ptr<Stream> stream)
{
    m_stream = std::move(stream);
    m_lastByte = m_host.clock.elapsed();
    m_owner.reply(150, "Here comes the listing.");
    if (m_stream->isTls())
        m_stream->setReading(true); // for the TLS handshake
    sendMore();
}

void ListingTransfer::refuse(const Failure &failure)
{
    over(failure.code, failure.text);
}

void ListingTransfer::sendMore()
{
    if (m_stream->isShakingHands())
        return; // even an empty listing ends only after the handshake
    for (int piece = 0; piece < kChunksPerTurn; ++piece) {
        if (m_stream->hasUnsent())
            return;
        if (m_next == m_part.size())
            readMore();
        if (m_isAtEnd)
            break;
        QByteArray out;
        out.reserve(kListingChunkBytes + 512);
        while (m_next < m_part.size() && out.size() < kListingChunkBytes) {
            const Entry &entry = m_part.at(m_next++);
            if (m_request.glob.isEmpty() || matchesGlob(m_request.glob, entry.name))
                appendEntry(out, entry, m_request.style, m_host.clock.now(), m_request.facts);
        }
        if (!m_stream->send(out))
            return over(426, "Data connection lost.");
        m_lastByte = m_host.clock.elapsed();
    }
    if (m_stream->hasUnsent())
        return;
    if (!m_isAtEnd)
        return goOnLater();
    m_stream->sendEnd();
    over(226, "Directory send OK.");
}

void ListingTransfer::readMore()
{
    const QString last = m_part.isEmpty() ? QString() : m_part.last().name;
    m_part.clear();
    m_next = 0;
    if (m_request.file) {
        if (last.isEmpty())
            m_part.append(*m_request.file);
    } else {
        // The folder was removed meanwhile: end of listing.
        const qsizetype most = m_request.glob.isEmpty() ? kEntriesPerChunk : kMatchesPerChunk;
        m_part = m_host.backend.list(m_request.account, m_request.folder, last, most).value_or(m_part);
    }
    m_isAtEnd = m_part.isEmpty();
}

// The socket accepts everything at once: let other sessions run first.
void ListingTransfer::goOnLater()
{
    if (std::exchange(m_waitsForTurn, true))
        return;
    m_host.later([weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self || self->m_isOver)
            return;
        self->m_waitsForTurn = false;
        self->sendMore();
    });
}

void ListingTransfer::streamSent()
{
    sendMore();
}

void ListingTransfer::streamReadable(bool)
{
    QByteArray ignored; // only the TLS handshake has anything to send us
    const Stream::State state = m_stream->read(ignored, 4096);
    if (state != Stream::State::Open && (m_stream->isShakingHands() || m_stream->hasUnsent()))
        over(426, "Data connection lost.");
    else if (!m_stream->hasUnsent())
        sendMore();
}

void ListingTransfer::sweep(qint64 now, qint64 silence)
{
    if (m_stream && now - m_lastByte >= silence)
        over(426, "Data connection stalled.");
}

void ListingTransfer::abort()
{
    over(426, "Transfer aborted.");
}

void ListingTransfer::drop()
{
    m_isOver = true;
    m_stream.reset();
}

void ListingTransfer::over(int code, QByteArrayView text)
{
    if (m_isOver)
        return;
    m_isOver = true;
    if (m_stream) {
        m_stream->setReading(false);
        m_host.poller.destroyLater(std::move(m_stream));
    }
    m_owner.reply(code, text);
    m_owner.transferOver();
}

} // namespace gatehouse::ftp
