// An archive on one disk: distributes uploads over its storage threads, each of which commits its own
// batches. Calls: any thread. Destroying it completes pending work; remaining staged files discard
// themselves.
#pragma once

#include "archive/batch.h"
#include "archive/storage_thread.h"

namespace gatehouse::archive
{

// A storage thread and its batch, which only work on that thread uses.
struct StorageWorker {
    StorageWorker(const std::shared_ptr<ArchiveContext> &context, const QString &archiveId, int number);
    void afterBurst(); // on the thread

    const std::shared_ptr<ArchiveContext> context;
    Batch batch;
    StorageThread thread; // last: ends before the members it uses are destroyed
};

class DiskArchive final : public Archive
{
public:
    DiskArchive(const ArchiveOptions &options, FileSystem &files, const Clock &clock,
                const ArchiveId &identity);
    ~DiskArchive() override;
    Q_DISABLE_COPY_MOVE(DiskArchive)

    [[nodiscard]] QString id() const override { return m_id; }
    [[nodiscard]] QString root() const override { return m_context->root; }
    [[nodiscard]] Result<void> ready() const override { return m_context->watch.ready(); }
    Result<std::unique_ptr<StagedFile>> stageFile(const StagingOptions &options) override;
    QFuture<Result<void>> remove(ItemId item, QString relativePath, QString reason,
                                 std::optional<qint64> duration) override;
    QFuture<Result<bool>> makeSure(Kept kept, QString spare) override;
    QFuture<Result<void>> noteRename(ItemId item, QString sourcePath) override;
    QFuture<Result<Space>> space() override;
    QFuture<Result<Compacted>> compactJournal(qint64 before, std::function<bool()> mayGoOn) override;
    void run(std::function<void()> work) override;

private:
    std::shared_ptr<StorageWorker> leastBusy();
    Result<QString> whatIsWrongWith(const Kept &kept) const;
    [[nodiscard]] StorageWorker &workerOf(ItemId item) const;

    const QString m_id;
    const std::shared_ptr<ArchiveContext> m_context;
    const QString m_run; // makes this run's part names unique
    std::vector<std::shared_ptr<StorageWorker>> m_workers;
    std::atomic<unsigned> m_parts = 0;
    // Hashing a password is slow: it must not delay an upload.
    StorageThread m_workThread;
    // Nor must verifying a long stored clip.
    StorageThread m_readThread;
    StorageThread m_journalThread; // nor work that may take minutes
    std::atomic_bool m_isClosing = false;
};

} // namespace gatehouse::archive
