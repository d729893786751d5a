#include "app/engine/repair_feature.h"

#include "app/engine/catalog_repairs.h"
#include "app/engine/engine_context.h"
#include "app/engine/storage_feature.h"
#include "catalog/operations/health_check.h"
#include "ingest/repair/repair.h"
#include "ingest/repair/state_backup.h"

namespace gatehouse::app
{

RepairFeature::RepairFeature(EngineContext &context, StorageFeature &storage)
    : m_context(context), m_storage(storage)
{
}

RepairFeature::~RepairFeature() = default;

Result<void> RepairFeature::start()
{
    const QString catalogPath = m_context.options.paths.catalog();
    catalog::Writer &writer = m_storage.writer();
    archive::Archive &archive = m_storage.archive();
    m_archiveRepair =
        std::make_unique<ingest::Repair>(writer, archive, m_context.files, catalogPath, m_context.vendors);
    m_stateBackup = std::make_unique<ingest::StateBackup>(writer, m_storage.readers(), archive,
                                                          m_context.files, catalogPath, m_context.vendors);
    m_repairs = std::make_unique<CatalogRepairs>(*m_stateBackup, *m_archiveRepair, m_context.problems, m_work,
                                                 [this] { return m_storage.isArchiveAway(); });
    m_health = std::make_unique<catalog::HealthCheck>(catalogPath);

    QObject::connect(m_health.get(), &catalog::HealthCheck::damageFound, m_repairs.get(),
                     &CatalogRepairs::setDamage);
    QObject::connect(&writer.changes(), &catalog::Changes::damageFound, m_repairs.get(),
                     &CatalogRepairs::setDamage);
    QObject::connect(&writer.changes(), &catalog::Changes::camerasChanged, m_stateBackup.get(),
                     &ingest::StateBackup::saveSoon);
    if (m_context.options.receive)
        QObject::connect(m_repairs.get(), &CatalogRepairs::lookedThrough, m_health.get(),
                         &catalog::HealthCheck::start);

    if (const auto &salvaged = m_context.options.salvaged; !salvaged)
        m_repairs->setDamage(CatalogRepairs::tr("The catalog is damaged and could not be repaired: %1")
                                 .arg(salvaged.error().text));
    m_repairs->prepare();
    QMetaObject::invokeMethod(m_repairs.get(), &CatalogRepairs::start, Qt::QueuedConnection);
    return {};
}

void RepairFeature::stop()
{
    m_work.end();
    m_health.reset();
    m_repairs.reset();
    m_stateBackup.reset();
}

qint64 RepairFeature::newestArrival() const
{
    return m_archiveRepair->newestArrival();
}

} // namespace gatehouse::app
