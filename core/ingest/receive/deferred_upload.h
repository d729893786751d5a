// An upload that must wait for an earlier one of the same name to be written down: a camera whose
// connection was cut tries again within milliseconds, and its new file can only be recognized as the
// whole of the earlier partial upload when that is in the catalog. Keeps the bytes meanwhile; the session
// stops reading when that grows. Network thread.
#pragma once

#include "ftp/backend.h"

class QObject;

namespace gatehouse::ingest
{

class DeferredUpload : public ftp::Upload
{
public:
    using Begin = std::function<Result<std::unique_ptr<ftp::Upload>>()>;

    // `begin` is called on the network thread once `earlier` is answered, whatever the answer; `thread`
    // outlives both.
    DeferredUpload(const QFuture<Result<void>> &earlier, QObject *thread, Begin begin);
    ~DeferredUpload() override; // without finish(): a Cut

    void write(QByteArray chunk) override;
    [[nodiscard]] qint64 pending() const override;
    void onDrained(std::function<void()> drained) override;
    QFuture<Result<void>> finish(ftp::UploadEnd end) override;

private:
    struct State;
    std::shared_ptr<State> m_state; // outlives this object when it is finished while it waits
};

} // namespace gatehouse::ingest
