// STOR, APPE, STOU: data connection -> Upload. Bytes are passed on unchanged, whatever TYPE says, in chunks
// of 256 KiB or one second's worth; a small file is passed on whole. 226 follows Upload::finish().
#pragma once

#include "ftp/session_host.h"
#include "ftp/transfer.h"

#include <optional>

namespace gatehouse::ftp
{

class UploadTransfer final : public Transfer, public std::enable_shared_from_this<UploadTransfer>
{
public:
    UploadTransfer(SessionHost &host, TransferOwner &owner, UploadRequest request, QString user,
                   QByteArray opening);

    void start(std::unique_ptr<Stream> stream) override;
    void refuse(const Failure &failure) override;
    void sweep(qint64 now, qint64 silence) override;
    void abort() override;
    void drop() override;
    void streamReadable(bool lastBytes) override;

private:
    void handOver();
    void pauseIfBehind();
    void finish(std::optional<Failure> failure);
    void finished(const std::optional<Failure> &failure, const Result<void> &result);
    void fail(const Failure &failure);
    void fail(int code, const QByteArray &text, const QString &reason);
    [[nodiscard]] qint64 bytesBefore() const;

    SessionHost &m_host;
    TransferOwner &m_owner;
    UploadRequest m_request;
    QString m_user;
    QByteArray m_opening; // the text of 150
    std::unique_ptr<Stream> m_stream;
    std::unique_ptr<Upload> m_upload;
    QByteArray m_chunk;
    qint64 m_received = 0;
    qint64 m_room = 0;       // bytes that it may send
    qint64 m_chunkSince = 0; // elapsed ms when its first byte arrived
    qint64 m_lastByte = 0;   // elapsed ms
    bool m_paused = false;
    bool m_finishing = false;
    bool m_isAborted = false; // by ABOR
};

} // namespace gatehouse::ftp
