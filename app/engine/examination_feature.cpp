#include "app/engine/examination_feature.h"

#include "app/engine/catalog_repairs.h"
#include "app/engine/engine_context.h"
#include "app/engine/repair_feature.h"
#include "app/engine/storage_feature.h"
#include "ingest/examiner.h"
#include "media/worker/examination_queue.h"

#include <QCoreApplication>

namespace gatehouse::app
{

ExaminationFeature::ExaminationFeature(EngineContext &context, StorageFeature &storage, RepairFeature &repair)
    : m_context(context), m_storage(storage), m_repair(repair)
{
}

ExaminationFeature::~ExaminationFeature() = default;

Result<void> ExaminationFeature::start()
{
    media::WorkerOptions options;
    const QString &worker = m_context.options.worker;
    options.program = worker.isEmpty() ? QCoreApplication::applicationFilePath() : worker;
    options.arguments = {QStringLiteral("media-worker")};
    m_workers = std::make_unique<media::WorkerPool>(options);
    m_queue = std::make_unique<media::ExaminationQueue>(*m_workers);
    m_examiner = std::make_unique<ingest::Examiner>(m_storage.writer(), m_storage.readers(), *m_queue,
                                                    m_context.vendors, m_context.options.paths.cache);
    QObject::connect(&m_repair.repairs(), &CatalogRepairs::lookedThrough, m_examiner.get(),
                     &ingest::Examiner::resume);
    return {};
}

void ExaminationFeature::stop()
{
    m_examiner.reset();
    m_queue.reset();
    m_workers.reset();
}

} // namespace gatehouse::app
