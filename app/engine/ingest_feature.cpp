#include "app/engine/ingest_feature.h"

#include "app/engine/catalog_repairs.h"
#include "app/engine/engine_context.h"
#include "app/engine/repair_feature.h"
#include "app/engine/storage_feature.h"
#include "ingest/importer.h"
#include "ingest/receive/ftp_backend.h"
#include "ingest/receive/partial_upload_reconciler.h"

namespace gatehouse::app
{

namespace
{

ingest::FtpBackendOptions backendOptionsOf(const settings::Receiver &receiver)
{
    return {receiver.anonymous, receiver.maxFileBytes};
}

} // namespace

IngestFeature::IngestFeature(EngineContext &context, StorageFeature &storage, RepairFeature &repair)
    : m_context(context), m_storage(storage), m_repair(repair)
{
}

IngestFeature::~IngestFeature() = default;

Result<void> IngestFeature::start()
{
    catalog::Writer &writer = m_storage.writer();
    archive::Archive &archive = m_storage.archive();
    m_backend = std::make_unique<ingest::FtpBackend>(writer, archive, m_context.vendors, m_context.clock,
                                                     backendOptionsOf(m_context.settings.receiver));
    m_importer = std::make_unique<ingest::Importer>(writer, archive, m_context.vendors, m_context.clock);
    m_partialUploads =
        std::make_unique<ingest::PartialUploadReconciler>(writer, m_storage.readers(), m_context.files);
    QObject::connect(&m_repair.repairs(), &CatalogRepairs::rowsMade, m_backend.get(),
                     &ingest::FtpBackend::takeInLateRows);
    QObject::connect(&m_repair.repairs(), &CatalogRepairs::lookedThrough, m_partialUploads.get(),
                     &ingest::PartialUploadReconciler::resume);
    return {};
}

// The backend stays: uploads that were cut are placed and catalogued until storage has stopped.
void IngestFeature::stop()
{
    m_importer.reset();
    m_partialUploads.reset();
}

void IngestFeature::apply(const settings::Settings &settings)
{
    m_backend->setOptions(backendOptionsOf(settings.receiver));
}

} // namespace gatehouse::app
