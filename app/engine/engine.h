// The engine: a list of features (receiving, keeping, examining …), one file pair each. Main thread of the
// engine process, or of a subcommand that runs without one.
#pragma once

#include "app/engine/engine_context.h"
#include "app/engine/feature.h"
#include "base/ids.h"

#include <QObject>

namespace gatehouse::app
{

class CopyFeature;
class ExaminationFeature;
class IngestFeature;
class OffsiteFeature;
class ReceiverFeature;
class RemovalFeature;
class RepairFeature;
class RetentionFeature;
class StorageFeature;

class Engine : public QObject
{
    Q_OBJECT

public:
    explicit Engine(EngineOptions options, QObject *parent = nullptr);
    ~Engine() override;

    // Opens what is there or makes it, and starts to receive; what a crash left is repaired beside that.
    // Where a feature fails, those before it are stopped. The text says what to do.
    Result<void> start();
    // Saves. On an error everything is as before.
    Result<void> apply(const settings::Settings &settings);
    // Forgets verified and refused attempts with the old password.
    void passwordChanged(AccountId account, const QString &user);

    EngineContext &context() { return m_context; }
    StorageFeature &storage() { return m_storage; }
    RepairFeature &repair() { return m_repair; }
    IngestFeature &ingest() { return m_ingest; }
    RetentionFeature &retention() { return m_retention; }
    RemovalFeature &removal() { return m_removal; }
    ExaminationFeature &examination() { return m_examination; }
    CopyFeature &copies() { return m_copies; }
    OffsiteFeature &offsite() { return m_offsite; }
    ReceiverFeature &receiver() { return m_receiver; }

Q_SIGNALS:
    // The settings that were applied take effect with a new engine only.
    void restartNeeded();

private:
    EngineContext m_context;
    FeatureList m_features;
    StorageFeature &m_storage;
    RepairFeature &m_repair;
    IngestFeature &m_ingest;
    RetentionFeature &m_retention;
    RemovalFeature &m_removal;
    ExaminationFeature &m_examination;
    CopyFeature &m_copies;
    OffsiteFeature &m_offsite;
    ReceiverFeature &m_receiver;
};

} // namespace gatehouse::app
