// One use of a data connection, either direction. The session makes the connection and hands it over;
// the transfer answers on the control connection through its owner and says when it is over.
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
    virtual void replyWhole(int code, QByteArrayView text) = 0; // with a name, which must not be cut
    // The last call: the transfer is taken apart after it.
    virtual void transferOver() = 0;
};

class Transfer : public StreamOwner
{
public:
    virtual void start(std::unique_ptr<Stream> stream) = 0;
    // The connection could not be made.
    virtual void refuse(const Failure &failure) = 0;
    // `now`: elapsed ms. `silence`: after so many ms without a byte the transfer is given up.
    virtual void sweep(qint64 now, qint64 silence) = 0;
    // ABOR, or the session ends. Answers 426 and is over, or does nothing when only the result is
    // awaited.
    virtual void abort() = 0;
    // The server closes: no replies, no waiting.
    virtual void drop() = 0;
};

} // namespace gatehouse::ftp
