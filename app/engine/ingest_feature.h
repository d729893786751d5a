// Takes files in: uploads of cameras, imported folders, and the partial uploads that broken connections leave
// behind. Engine's main thread.
#pragma once

#include "app/engine/feature.h"

namespace gatehouse::ingest
{
class FtpBackend;
class Importer;
class PartialUploadReconciler;
} // namespace gatehouse::ingest

namespace gatehouse::app
{

class RepairFeature;
class StorageFeature;
struct EngineContext;

class IngestFeature final : public Feature
{
public:
    IngestFeature(EngineContext &context, StorageFeature &storage, RepairFeature &repair);
    ~IngestFeature() override;

    Result<void> start() override;
    void stop() override;
    void apply(const settings::Settings &settings) override;

    // --- from start() on
    [[nodiscard]] ingest::FtpBackend &backend() const { return *m_backend; }
    [[nodiscard]] ingest::Importer &importer() const { return *m_importer; } // to stop()

private:
    EngineContext &m_context;
    StorageFeature &m_storage;
    RepairFeature &m_repair;
    std::unique_ptr<ingest::FtpBackend> m_backend;
    std::unique_ptr<ingest::Importer> m_importer;
    std::unique_ptr<ingest::PartialUploadReconciler> m_partialUploads;
};

} // namespace gatehouse::app
