#include "app/engine/copy_feature.h"

#include "app/engine/catalog_repairs.h"
#include "app/engine/engine_context.h"
#include "app/engine/examination_feature.h"
#include "app/engine/repair_feature.h"
#include "app/engine/storage_feature.h"
#include "base/machine.h"
#include "ingest/copies/copy_limit.h"
#include "ingest/copies/copy_maker.h"
#include "ingest/copies/idle_copies.h"
#include "ingest/examiner.h"
#include "media/copy/hardware_encoder.h"

#include <QCoreApplication>

namespace gatehouse::app
{

CopyFeature::CopyFeature(EngineContext &context, StorageFeature &storage, RepairFeature &repair,
                         ExaminationFeature &examination)
    : m_context(context), m_storage(storage), m_repair(repair), m_examination(examination)
{
}

CopyFeature::~CopyFeature() = default;

Result<void> CopyFeature::start()
{
    media::WorkerOptions options;
    const QString &worker = m_context.options.worker;
    options.program = worker.isEmpty() ? QCoreApplication::applicationFilePath() : worker;
    options.arguments = {QStringLiteral("media-copier")};
    options.limits = media::kCopyLimits;
    const QString &cache = m_context.options.paths.cache;
    m_machine = std::make_unique<SystemMachine>();
    m_workers = std::make_unique<media::WorkerPool>(options);
    m_maker = std::make_unique<ingest::CopyMaker>(m_storage.writer(), m_storage.readers(), *m_workers, cache,
                                                  media::hardwareEncoderNames());
    m_limit =
        std::make_unique<ingest::CopyLimit>(m_storage.writer(), m_storage.readers(), m_context.files, cache);
    m_maker->setLimit(m_limit.get());
    m_idle = std::make_unique<ingest::IdleCopies>(*m_maker, *m_limit, m_storage.readers(),
                                                  m_storage.writer().changes(), *m_machine,
                                                  [this] { return m_examination.examiner().waiting(); });
    QObject::connect(m_maker.get(), &ingest::CopyMaker::made, m_limit.get(), &ingest::CopyLimit::look);
    QObject::connect(&m_repair.repairs(), &CatalogRepairs::lookedThrough, m_idle.get(),
                     [this] { apply(m_context.settings); });
    return {};
}

void CopyFeature::stop()
{
    m_idle.reset();
    m_maker.reset();
    m_limit.reset();
    m_workers.reset();
}

void CopyFeature::apply(const settings::Settings &settings)
{
    m_limit->setLimits(settings.copies.maxBytes, settings.retention.reserveBytes);
    // A subcommand without a running engine ends soon.
    m_idle->setEnabled(settings.copies.whenIdle && m_context.options.receive);
}

qint64 CopyFeature::bytes() const
{
    return m_limit->bytes();
}

catalog::DerivativeKind derivativeKindOf(protocol::CopyKind kind)
{
    switch (kind) {
    case protocol::CopyKind::LowRes:
        break;
    case protocol::CopyKind::Preview:
        return catalog::DerivativeKind::Preview;
    case protocol::CopyKind::Remux:
        return catalog::DerivativeKind::Remux;
    }
    return catalog::DerivativeKind::LowRes;
}

protocol::CopyKind copyKindOf(catalog::DerivativeKind kind)
{
    return kind == catalog::DerivativeKind::Preview ? protocol::CopyKind::Preview
           : kind == catalog::DerivativeKind::Remux ? protocol::CopyKind::Remux
                                                    : protocol::CopyKind::LowRes;
}

} // namespace gatehouse::app
