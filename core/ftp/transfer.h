// One use of a data connection, in either direction. The session establishes the connection and hands it
// over; the transfer replies on the control connection through its owner and reports when it is over.
#pragma once

#include "ftp/stream.h"

namespace gatehouse::ftp
{

// Why a transfer failed: English for the camera, translated (context "ftp") for people.
struct Failure {
    int code = 0; // of the reply
    const char *text = nullptr;
};

class TransferOwner
{
public:
    TransferOwner() = default;
    Q_DISABLE_COPY_MOVE(TransferOwner)
    virtual ~TransferOwner() = default;
    virtual void reply(int code, QByteArrayView text) = 0;
    virtual void replyWhole(int code, QByteArrayView text) = 0; // never truncates a name
    // The last call: the transfer is destroyed after it.
    virtual void transferOver() = 0;
};

class Transfer : public StreamOwner
{
public:
    virtual void start(std::unique_ptr<Stream> stream) = 0;
    // The connection could not be established.
    virtual void refuse(const Failure &failure) = 0;
    // `now`: elapsed ms. `silence`: ms without a byte after which the transfer is aborted.
    virtual void sweep(qint64 now, qint64 silence) = 0;
    // ABOR, or the session ends. Replies 426 and is over, or does nothing if only the result is pending.
    virtual void abort() = 0;
    // The server closes: no replies, no waiting.
    virtual void drop() = 0;
};

} // namespace gatehouse::ftp
