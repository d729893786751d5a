#include "app/engine/retention_feature.h"

#include "app/engine/catalog_repairs.h"
#include "app/engine/engine_context.h"
#include "app/engine/ingest_feature.h"
#include "app/engine/repair_feature.h"
#include "app/engine/storage_feature.h"
#include "ingest/receive/ftp_backend.h"
#include "ingest/repair/state_backup.h"
#include "ingest/retention/derivative_collector.h"
#include "ingest/retention/garbage_collector.h"
#include "ingest/retention/retention_job.h"
#include "ingest/retention/trusted_clock.h"

namespace gatehouse::app
{

namespace
{

constexpr int kForgetFtpEntriesEveryMs = 3'600'000;

ingest::RetentionRules rulesOf(const settings::Settings &settings)
{
    return {settings.retention.days, settings.retention.reserveBytes};
}

} // namespace

RetentionFeature::RetentionFeature(EngineContext &context, StorageFeature &storage, RepairFeature &repair,
                                   IngestFeature &ingest)
    : m_context(context), m_storage(storage), m_repair(repair), m_ingest(ingest)
{
    m_forgetTimer.setTimerType(Qt::VeryCoarseTimer);
    m_forgetTimer.setInterval(kForgetFtpEntriesEveryMs);
    QObject::connect(&m_forgetTimer, &QTimer::timeout, &m_forgetTimer,
                     [this] { m_ingest.backend().forgetOldEntries(m_clock->ageNow()); });
}

RetentionFeature::~RetentionFeature() = default;

Result<void> RetentionFeature::start()
{
    catalog::Writer &writer = m_storage.writer();
    archive::Archive &archive = m_storage.archive();
    m_clock = std::make_unique<ingest::TrustedClock>(writer, m_context.clock);
    if (const auto watching = m_clock->start([this] { return m_repair.newestArrival(); }); !watching)
        return watching;
    m_garbage = std::make_unique<ingest::GarbageCollector>(writer, archive);
    m_derivatives = std::make_unique<ingest::DerivativeCollector>(writer, m_context.options.paths.cache);
    m_job = std::make_unique<ingest::RetentionJob>(writer, archive, *m_garbage, *m_clock);
    if (!m_context.areSettingsLastGood)
        m_job->setRules(rulesOf(m_context.settings));

    const CatalogRepairs &repairs = m_repair.repairs();
    QObject::connect(&writer.changes(), &catalog::Changes::garbageMade, m_garbage.get(),
                     &ingest::GarbageCollector::collect);
    QObject::connect(&repairs, &CatalogRepairs::lookedThrough, m_garbage.get(),
                     &ingest::GarbageCollector::collect);
    QObject::connect(&writer.changes(), &catalog::Changes::garbageMade, m_derivatives.get(),
                     &ingest::DerivativeCollector::collect);
    QObject::connect(&repairs, &CatalogRepairs::lookedThrough, m_derivatives.get(),
                     &ingest::DerivativeCollector::collect);
    QObject::connect(m_garbage.get(), &ingest::GarbageCollector::collected, &m_repair.stateBackup(),
                     &ingest::StateBackup::saveSoon);
    QObject::connect(&repairs, &CatalogRepairs::holdChanged, m_job.get(), &ingest::RetentionJob::setHeld);
    if (m_context.options.receive)
        QObject::connect(&repairs, &CatalogRepairs::lookedThrough, m_job.get(), &ingest::RetentionJob::look);
    QObject::connect(&m_ingest.backend(), &ingest::FtpBackend::roomNeeded, m_job.get(),
                     &ingest::RetentionJob::look);
    QObject::connect(m_job.get(), &ingest::RetentionJob::troubled, m_job.get(),
                     [this](const ingest::RetentionTrouble &trouble) {
                         protocol::Problem problem{QStringLiteral("retention"), trouble.text};
                         problem.settings = trouble.settings;
                         m_context.problems.set(problem);
                     });
    m_forgetTimer.start();
    return {};
}

void RetentionFeature::stop()
{
    m_forgetTimer.stop();
    m_job.reset();
    m_derivatives.reset();
    m_garbage.reset();
}

void RetentionFeature::apply(const settings::Settings &settings)
{
    m_job->setRules(rulesOf(settings));
}

QString RetentionFeature::clockTrouble()
{
    m_clock->ageNow();
    return m_clock->doubt();
}

} // namespace gatehouse::app
