// Keeps the catalog sound and complete: repair after a crash or a loss, the backup of the state that no file
// of the archive holds, the search for damage. Engine's main thread.
#pragma once

#include "app/engine/background_work.h"
#include "app/engine/feature.h"

namespace gatehouse::catalog
{
class HealthCheck;
}

namespace gatehouse::ingest
{
class Repair;
class StateBackup;
} // namespace gatehouse::ingest

namespace gatehouse::app
{

class CatalogRepairs;
class StorageFeature;
struct EngineContext;

class RepairFeature final : public Feature
{
public:
    RepairFeature(EngineContext &context, StorageFeature &storage);
    ~RepairFeature() override;

    // Prepares the catalog, which blocks for a moment. The search begins once every feature has started, so
    // that it runs beside receiving.
    Result<void> start() override;
    void stop() override;

    // --- from start() to stop()
    [[nodiscard]] CatalogRepairs &repairs() const { return *m_repairs; }
    [[nodiscard]] ingest::StateBackup &stateBackup() const { return *m_stateBackup; }
    BackgroundWork &work() { return m_work; }
    // Of the files in the archive, UTC ms; 0: there are none.
    [[nodiscard]] qint64 newestArrival() const;

private:
    EngineContext &m_context;
    StorageFeature &m_storage;
    std::unique_ptr<ingest::Repair> m_archiveRepair;
    std::unique_ptr<ingest::StateBackup> m_stateBackup;
    std::unique_ptr<CatalogRepairs> m_repairs;
    std::unique_ptr<catalog::HealthCheck> m_health;
    BackgroundWork m_work; // ends before what it uses
};

} // namespace gatehouse::app
