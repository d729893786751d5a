// Deletes by age and to free space, by a clock that can be trusted; removes the files of deleted items and
// expired entries of FTP trees. Engine's main thread.
#pragma once

#include "app/engine/feature.h"

#include <QString>
#include <QTimer>

namespace gatehouse::ingest
{
class DerivativeCollector;
class GarbageCollector;
class RetentionJob;
class TrustedClock;
} // namespace gatehouse::ingest

namespace gatehouse::app
{

class IngestFeature;
class RepairFeature;
class StorageFeature;
struct EngineContext;

class RetentionFeature final : public Feature
{
public:
    RetentionFeature(EngineContext &context, StorageFeature &storage, RepairFeature &repair,
                     IngestFeature &ingest);
    ~RetentionFeature() override;

    Result<void> start() override;
    void stop() override;
    void apply(const settings::Settings &settings) override;

    // Looks at the PC's clock. A sentence for a person; empty: the clock is trusted.
    QString clockTrouble();

private:
    EngineContext &m_context;
    StorageFeature &m_storage;
    RepairFeature &m_repair;
    IngestFeature &m_ingest;
    std::unique_ptr<ingest::TrustedClock> m_clock;
    std::unique_ptr<ingest::GarbageCollector> m_garbage;
    std::unique_ptr<ingest::DerivativeCollector> m_derivatives;
    std::unique_ptr<ingest::RetentionJob> m_job;
    QTimer m_forgetTimer;
};

} // namespace gatehouse::app
