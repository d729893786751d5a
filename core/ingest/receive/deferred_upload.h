// An upload that waits until an earlier one of the same name is recorded: a camera whose connection was cut
// retries within milliseconds, and its new file can be recognized as the completion of the partial upload
// only once that is in the catalog. Buffers the bytes meanwhile; the session stops reading when they grow.
// Network thread.
#pragma once

#include "ftp/backend.h"

class QObject;

namespace gatehouse::ingest
{

class DeferredUpload : public ftp::Upload
{
public:
    using Begin = std::function<Result<std::unique_ptr<ftp::Upload>>()>;

    // `begin` is called on the network thread once `earlier` is resolved, whatever the result; `thread`
    // outlives both.
    DeferredUpload(const QFuture<Result<void>> &earlier, QObject *thread, Begin begin);
    ~DeferredUpload() override; // without finish(): counts as Cut

    void write(QByteArray chunk) override;
    [[nodiscard]] qint64 pending() const override;
    void onDrained(std::function<void()> drained) override;
    QFuture<Result<void>> finish(ftp::UploadEnd end) override;

private:
    struct State;
    std::shared_ptr<State> m_state; // outlives this object if it is finished while waiting
};

} // namespace gatehouse::ingest
