#include "app/engine/engine.h"

#include "app/engine/copy_feature.h"
#include "app/engine/examination_feature.h"
#include "app/engine/ingest_feature.h"
#include "app/engine/offsite_feature.h"
#include "app/engine/receiver_feature.h"
#include "app/engine/removal_feature.h"
#include "app/engine/repair_feature.h"
#include "app/engine/retention_feature.h"
#include "app/engine/storage_feature.h"
#include "ingest/receive/ftp_backend.h"
#include "ingest/repair/state_backup.h"

#include <QLoggingCategory>

namespace gatehouse::app
{

namespace
{

Q_LOGGING_CATEGORY(lcSettings, "gatehouse.settings")

} // namespace

Engine::Engine(EngineOptions options, QObject *parent)
    : QObject(parent), m_context(std::move(options)), m_storage(m_features.add<StorageFeature>(m_context)),
      m_repair(m_features.add<RepairFeature>(m_context, m_storage)),
      m_ingest(m_features.add<IngestFeature>(m_context, m_storage, m_repair)),
      m_retention(m_features.add<RetentionFeature>(m_context, m_storage, m_repair, m_ingest)),
      m_removal(m_features.add<RemovalFeature>(m_storage)),
      m_examination(m_features.add<ExaminationFeature>(m_context, m_storage, m_repair)),
      m_copies(m_features.add<CopyFeature>(m_context, m_storage, m_repair, m_examination)),
      m_offsite(m_features.add<OffsiteFeature>(m_context, m_storage, m_copies)),
      m_receiver(m_features.add<ReceiverFeature>(m_context, m_storage, m_ingest))
{
}

// Receiving ends first, so that what is under way is still placed and catalogued as cut.
Engine::~Engine()
{
    m_features.stop();
}

Result<void> Engine::start()
{
    m_context.started = m_context.clock.now();
    const settings::LoadedSettings loaded = settings::loadOrLastGood(m_context.options.paths.settings());
    m_context.settings = loaded.settings;
    m_context.areSettingsLastGood = loaded.trouble.has_value();
    if (loaded.trouble)
        m_context.problems.set(QStringLiteral("settings"),
                               tr("%1 Gatehouse is using the last valid settings and "
                                  "deletes nothing until you apply the settings again.")
                                   .arg(loaded.trouble->text));
    return m_features.start();
}

Result<void> Engine::apply(const settings::Settings &settings)
{
    auto taken = m_features.prepare(settings).and_then(
        [&] { return settings::save(m_context.options.paths.settings(), settings); });
    if (!taken) {
        if (const auto back = m_features.prepare(m_context.settings); !back)
            qCWarning(lcSettings).noquote()
                << "the settings before can't be used either:" << back.error().text;
        return taken;
    }
    m_context.settings = settings;
    m_context.areSettingsLastGood = false;
    m_context.problems.clear(QStringLiteral("settings"));
    m_features.apply(settings);
    if (m_storage.isArchiveElsewhere())
        Q_EMIT restartNeeded();
    return {};
}

void Engine::passwordChanged(AccountId account, const QString &user)
{
    m_repair.stateBackup().keepSecretOf(user);
    m_ingest.backend().forgetLogIns(account);
    m_receiver.forgetWrongPasswords(user);
}

} // namespace gatehouse::app
