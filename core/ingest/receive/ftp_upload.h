// One file from a camera on its way into the archive and the catalog. Its last future is resolved only
// after the bytes are synced in their place and the row is committed. Network thread.
#pragma once

#include "archive/archive.h"
#include "catalog/writer.h"
#include "ftp/backend.h"
#include "ingest/receive/upload_tries.h"
#include "vendors/path_metadata.h"

#include <functional>

namespace gatehouse::ingest
{

// What became of an upload, told to the backend before the camera hears of it.
struct UploadOutcome {
    ftp::UploadRequest request;
    catalog::FtpEntry seen; // as the camera will find it
    std::shared_ptr<UploadTry> attempt;
    bool isComplete = true;
    bool isOvertaken = false; // the camera sees its later try instead
};

struct UploadContext {
    catalog::Writer &writer;
    archive::Archive &archive;
    const Clock &clock;
    QObject *thread; // continuations run here; outlives the upload's futures
    std::function<void(const UploadOutcome &)> stored;
    // A cut upload is being written down: a retry of the same name waits for this answer.
    std::function<void(const ftp::UploadRequest &, const QFuture<Result<void>> &)> recordingCut;
    QString user;
    ItemId existing; // what the account had under this name; none
    std::shared_ptr<UploadTry> attempt;
};

class FtpUpload : public ftp::Upload
{
public:
    FtpUpload(UploadContext context, ftp::UploadRequest request, vendors::PathMetadata metadata,
              std::unique_ptr<archive::StagedFile> staged, qint64 startBytes);
    ~FtpUpload() override;

    void write(QByteArray chunk) override;
    [[nodiscard]] qint64 pending() const override;
    void onDrained(std::function<void()> drained) override;
    QFuture<Result<void>> finish(ftp::UploadEnd end) override;

private:
    [[nodiscard]] catalog::NewItem newItem(ftp::UploadEnd end) const;
    [[nodiscard]] archive::Placement placementOf(const catalog::NewItem &item, bool cut) const;

    UploadContext m_context;
    ftp::UploadRequest m_request;
    vendors::PathMetadata m_metadata;
    std::unique_ptr<archive::StagedFile> m_staged;
    qint64 m_bytes;
    QByteArray m_head; // of what may be a test
    bool m_finished = false;
};

} // namespace gatehouse::ingest
