// One upload being passed to its storage thread. Calls: the thread that created it; the drained callback runs
// there, too.
#pragma once

#include "archive/disk_archive.h"

#include <QObject>

namespace gatehouse::archive
{

class DiskStagedFile final : public StagedFile
{
public:
    DiskStagedFile(std::shared_ptr<StorageWorker> worker, std::shared_ptr<IncomingFile> file);
    ~DiskStagedFile() override;
    Q_DISABLE_COPY_MOVE(DiskStagedFile)

    void write(QByteArray chunk) override;
    [[nodiscard]] qint64 pending() const override;
    void onDrained(std::function<void()> drained) override;
    QFuture<Result<Placed>> place(Placement placement) override;

private:
    // Shared with the threads that may still be writing and hashing when the staged file is destroyed.
    struct Flow {
        void written(qint64 bytes);

        std::atomic<qint64> pending = 0;
        std::mutex mutex; // of the rest
        std::unique_ptr<QObject> context;
        std::function<void()> drained;
    };

    // Pending until the last of those who write and hash it has released it.
    struct Chunk {
        Chunk(std::shared_ptr<Flow> f, QByteArray b);
        ~Chunk();
        Q_DISABLE_COPY_MOVE(Chunk)

        const std::shared_ptr<Flow> flow;
        const QByteArray bytes;
    };

    const std::shared_ptr<StorageWorker> m_worker;
    std::shared_ptr<IncomingFile> m_file; // owned by the storage thread from the first write on
    const std::shared_ptr<Flow> m_flow = std::make_shared<Flow>();
};

} // namespace gatehouse::archive
