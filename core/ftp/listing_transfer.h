// LIST, NLST, MLSD: entries -> data connection, written a piece at a time as the client takes them, so
// that 100,000 entries neither fill the memory nor hold up the other cameras.
#pragma once

#include "ftp/listing.h"
#include "ftp/session_host.h"
#include "ftp/transfer.h"

namespace gatehouse::ftp
{

struct ListingRequest {
    QVector<Entry> entries;
    QString pattern; // empty: all
    ListingStyle style = ListingStyle::Long;
    FactChoice facts;
    bool asUtf8 = true;
};

class ListingTransfer final : public Transfer, public std::enable_shared_from_this<ListingTransfer>
{
public:
    ListingTransfer(SessionHost &host, TransferOwner &owner, ListingRequest request)
        : m_host(host), m_owner(owner), m_request(std::move(request))
    {
    }

    void start(std::unique_ptr<Stream> stream, const TlsContext *tls) override;
    void refuse(const Failure &failure) override;
    void sweep(qint64 now, qint64 silence) override;
    void abort() override;
    void drop() override;
    void streamReadable(bool lastBytes) override;
    void streamSent() override;

private:
    void sendMore();
    void goOnLater();
    void over(int code, QByteArrayView text);

    SessionHost &m_host;
    TransferOwner &m_owner;
    ListingRequest m_request;
    std::unique_ptr<Stream> m_stream;
    qsizetype m_next = 0; // entry
    qint64 m_lastByte = 0;
    bool m_isOver = false;
    bool m_waitsForTurn = false;
};

} // namespace gatehouse::ftp
