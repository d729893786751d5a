// Archive on one disk: spreads uploads over its storage threads, each of which commits its own batch.
// Calls: any thread. Destroying it finishes what was asked for; intakes left over discard themselves.
#pragma once

#include "archive/batch.h"
#include "archive/storage_thread.h"

namespace gatehouse::archive
{

// A storage thread and what it commits. The batch is used by work on that thread only.
struct Lane {
    Lane(const std::shared_ptr<Store> &store, const QString &archiveId, int number);
    void afterBurst(); // on the thread

    const std::shared_ptr<Store> store;
    Batch batch;
    StorageThread thread; // last: ends before what it uses
};

class DiskArchive final : public Archive
{
public:
    DiskArchive(const ArchiveOptions &options, Files &files, const Clock &clock, const Identity &identity);
    ~DiskArchive() override;
    DiskArchive(const DiskArchive &) = delete;
    DiskArchive &operator=(const DiskArchive &) = delete;

    [[nodiscard]] QString id() const override { return m_id; }
    [[nodiscard]] QString root() const override { return m_store->root; }
    [[nodiscard]] Result<void> ready() const override { return m_store->watch.ready(); }
    Result<std::unique_ptr<Intake>> beginIntake(const IntakeOptions &options) override;
    QFuture<Result<void>> remove(ItemId item, QString relativePath, QString reason) override;
    QFuture<Result<bool>> makeSure(Kept kept, QString spare) override;
    QFuture<Result<void>> noteRename(ItemId item, QString sourcePath) override;
    QFuture<Result<Space>> space() override;
    QFuture<Result<Compacted>> compactJournal(qint64 before, std::function<bool()> mayGoOn) override;
    void run(std::function<void()> work) override;

private:
    std::shared_ptr<Lane> leastBusy();
    Result<QString> whatIsWrongWith(const Kept &kept) const;
    [[nodiscard]] Lane &laneOf(ItemId item) const;

    const QString m_id;
    const std::shared_ptr<Store> m_store;
    const QString m_run; // makes the names of this run's parts its own
    std::vector<std::shared_ptr<Lane>> m_lanes;
    std::atomic<unsigned> m_parts = 0;
    // Hashing a password takes long: it must not stand before an upload.
    StorageThread m_workThread;
    // Nor must reading a long clip that is said to be kept.
    StorageThread m_readThread;
    StorageThread m_journalThread; // nor what may take minutes
    std::atomic_bool m_isClosing = false;
};

} // namespace gatehouse::archive
