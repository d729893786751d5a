// LIST, NLST, MLSD: entries -> data connection, read from the FTP tree and written in chunks as the client
// accepts them, so that 150,000 entries neither fill the memory nor hold up other cameras. Entries that
// change meanwhile may or may not be listed; all others are listed exactly once.
#pragma once

#include "ftp/listing.h"
#include "ftp/session_host.h"
#include "ftp/transfer.h"

#include <optional>

namespace gatehouse::ftp
{

struct ListingRequest {
    AccountId account;
    QString folder;
    QString glob;              // empty: all
    std::optional<Entry> file; // instead: only this one
    ListingStyle style = ListingStyle::Long;
    FactChoice facts;
};

class ListingTransfer final : public Transfer, public std::enable_shared_from_this<ListingTransfer>
{
public:
    ListingTransfer(SessionHost &host, TransferOwner &owner, ListingRequest request)
        : m_host(host), m_owner(owner), m_request(std::move(request))
    {
    }

    void start(std::unique_ptr<Stream> stream) override;
    void refuse(const Failure &failure) override;
    void sweep(qint64 now, qint64 silence) override;
    void abort() override;
    void drop() override;
    void streamReadable(bool lastBytes) override;
    void streamSent() override;

private:
    void sendMore();
    void readMore();
    void goOnLater();
    void over(int code, QByteArrayView text);

    SessionHost &m_host;
    TransferOwner &m_owner;
    ListingRequest m_request;
    std::unique_ptr<Stream> m_stream;
    QVector<Entry> m_part; // of the folder's entries
    qsizetype m_next = 0;  // index into m_part
    bool m_isAtEnd = false;
    qint64 m_lastByte = 0;
    bool m_isOver = false;
    bool m_waitsForTurn = false;
};

} // namespace gatehouse::ftp
