// One upload on its way to its storage thread. Calls: the thread that made it; the drained callback is
// called there too.
#pragma once

#include "archive/disk_archive.h"

#include <QObject>

namespace gatehouse::archive
{

class DiskIntake final : public Intake
{
public:
    DiskIntake(std::shared_ptr<Lane> lane, std::shared_ptr<IncomingFile> file);
    ~DiskIntake() override;
    DiskIntake(const DiskIntake &) = delete;
    DiskIntake &operator=(const DiskIntake &) = delete;

    void write(QByteArray chunk) override;
    [[nodiscard]] qint64 pending() const override;
    void onDrained(std::function<void()> drained) override;
    QFuture<Result<Placed>> place(Placement placement) override;

private:
    // Shared with the storage thread, which may still write when the intake is gone.
    struct Flow {
        void written(qint64 bytes);

        std::atomic<qint64> pending = 0;
        std::mutex mutex; // of the rest
        std::unique_ptr<QObject> context;
        std::function<void()> drained;
    };

    const std::shared_ptr<Lane> m_lane;
    std::shared_ptr<IncomingFile> m_file; // the storage thread's from the first write on
    const std::shared_ptr<Flow> m_flow = std::make_shared<Flow>();
};

} // namespace gatehouse::archive
