// One file from a camera on its way into archive and catalog. Its last future resolves only once the bytes
// are synced in their final place and the row is committed. Network thread.
#pragma once

#include "archive/archive.h"
#include "catalog/writer.h"
#include "ftp/backend.h"
#include "ingest/receive/upload_tries.h"
#include "vendors/path_metadata.h"

#include <functional>

namespace gatehouse::ingest
{

// The result of an upload, reported to the backend before the camera gets its reply.
struct UploadOutcome {
    ftp::UploadRequest request;
    catalog::FtpEntry seen; // as the camera will see it
    std::shared_ptr<UploadTry> attempt;
    bool isComplete = true;
    bool isOvertaken = false; // the camera sees its later attempt instead
    bool isTest = false;      // of the connection: only the camera's FTP tree has it
};

struct UploadContext {
    catalog::Writer &writer;
    archive::Archive &archive;
    const Clock &clock;
    QObject *thread; // continuations run here; outlives the upload's futures
    std::function<void(const UploadOutcome &)> stored;
    // A cut upload is being recorded: a retry of the same name waits for this result.
    std::function<void(const ftp::UploadRequest &, const QFuture<Result<void>> &)> recordingCut;
    QString user;
    ItemId existing; // the account's existing item of this name; none
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
    [[nodiscard]] bool isTest() const override;
    QFuture<Result<void>> finish(ftp::UploadEnd end) override;

private:
    [[nodiscard]] catalog::NewItem newItem(ftp::UploadEnd end) const;
    [[nodiscard]] archive::Placement placementOf(const catalog::NewItem &item, bool cut) const;

    UploadContext m_context;
    ftp::UploadRequest m_request;
    vendors::PathMetadata m_metadata;
    std::unique_ptr<archive::StagedFile> m_staged;
    qint64 m_bytes;
    QByteArray m_head; // for files that may be tests
    bool m_finished = false;
};

} // namespace gatehouse::ingest
