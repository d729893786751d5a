// Makes copies of clips: when somebody asks, and while the PC is idle. Engine's main thread.
#pragma once

#include "app/engine/feature.h"
#include "catalog/types/derivative.h"
#include "protocol/items.h"

namespace gatehouse
{
class Machine;
}

namespace gatehouse::ingest
{
class CopyLimit;
class CopyMaker;
class IdleCopies;
} // namespace gatehouse::ingest

namespace gatehouse::media
{
class WorkerPool;
}

namespace gatehouse::app
{

class ExaminationFeature;
class RepairFeature;
class StorageFeature;
struct EngineContext;

class CopyFeature final : public Feature
{
public:
    CopyFeature(EngineContext &context, StorageFeature &storage, RepairFeature &repair,
                ExaminationFeature &examination);
    ~CopyFeature() override;

    Result<void> start() override;
    void stop() override;
    void apply(const settings::Settings &settings) override;

    [[nodiscard]] ingest::CopyMaker &maker() const { return *m_maker; } // from start() to stop()
    [[nodiscard]] qint64 bytes() const;                                 // of all copies

private:
    EngineContext &m_context;
    StorageFeature &m_storage;
    RepairFeature &m_repair;
    ExaminationFeature &m_examination;
    std::unique_ptr<Machine> m_machine;
    std::unique_ptr<media::WorkerPool> m_workers;
    std::unique_ptr<ingest::CopyMaker> m_maker;
    std::unique_ptr<ingest::CopyLimit> m_limit;
    std::unique_ptr<ingest::IdleCopies> m_idle;
};

catalog::DerivativeKind derivativeKindOf(protocol::CopyKind kind);
protocol::CopyKind copyKindOf(catalog::DerivativeKind kind); // not of a poster

} // namespace gatehouse::app
