// Examines new items: worker processes make their posters and check that clips play. Engine's main thread.
#pragma once

#include "app/engine/feature.h"

namespace gatehouse::ingest
{
class Examiner;
}

namespace gatehouse::media
{
class ExaminationQueue;
class WorkerPool;
} // namespace gatehouse::media

namespace gatehouse::app
{

class RepairFeature;
class StorageFeature;
struct EngineContext;

class ExaminationFeature final : public Feature
{
public:
    ExaminationFeature(EngineContext &context, StorageFeature &storage, RepairFeature &repair);
    ~ExaminationFeature() override;

    Result<void> start() override;
    void stop() override;

    [[nodiscard]] ingest::Examiner &examiner() const { return *m_examiner; } // from start() to stop()

private:
    EngineContext &m_context;
    StorageFeature &m_storage;
    RepairFeature &m_repair;
    std::unique_ptr<media::WorkerPool> m_workers;
    std::unique_ptr<media::ExaminationQueue> m_queue;
    std::unique_ptr<ingest::Examiner> m_examiner;
};

} // namespace gatehouse::app
