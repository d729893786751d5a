// The engine: a list of features (receiving, keeping, examining …), one file pair each. Main thread of the
// engine process, or of a subcommand that runs without one.
#pragma once

#include "app/engine/engine_context.h"
#include "app/engine/feature.h"
#include "base/ids.h"
// >>> shorthands
#include "app/engine/catalog_repairs.h"
#include "app/engine/receiver_feature.h"
#include "archive/archive.h"
#include "catalog/reader_pool.h"
#include "catalog/writer.h"
#include "ingest/examiner.h"
#include "ingest/importer.h"
#include "ingest/receive/ftp_backend.h"
// <<< shorthands

#include <QObject>

namespace gatehouse::app
{

class ExaminationFeature;
class IngestFeature;
class ReceiverFeature;
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
    ExaminationFeature &examination() { return m_examination; }
    ReceiverFeature &receiver() { return m_receiver; }

    // >>> shorthands, until every caller asks the feature itself
    [[nodiscard]] const EngineOptions &options() const { return m_context.options; }
    [[nodiscard]] const settings::Settings &settings() const { return m_context.settings; }
    [[nodiscard]] const Clock &clock() const { return m_context.clock; }
    [[nodiscard]] qint64 started() const { return m_context.started; }
    Problems &problems() { return m_context.problems; }
    catalog::Writer &writer();
    catalog::ReaderPool &readers();
    archive::Archive &archive();
    CatalogRepairs &repairs();
    BackgroundWork &work();
    ingest::StateBackup &stateBackup();
    ingest::FtpBackend &backend();
    ingest::Importer &importer();
    ingest::Examiner &examiner();
    QString clockTrouble();
    [[nodiscard]] QVector<QHostAddress> listening() const { return m_receiver.listening(); }
    [[nodiscard]] quint16 port() const { return m_receiver.port(); }
    [[nodiscard]] QString receiverTrouble() const { return m_receiver.trouble(); }
    [[nodiscard]] int sessions() const { return m_receiver.sessions(); }
    [[nodiscard]] const DescriptorLimit &descriptors() const { return m_receiver.descriptors(); }
    [[nodiscard]] const ReceiverWatch &receiverWatch() const { return m_receiver.watch(); }

Q_SIGNALS:
    void receiverChanged();
    void loggedIn(gatehouse::AccountId account, const QHostAddress &peer);
    void logInRefused(const QString &user, const QHostAddress &peer, const QString &reason,
                      gatehouse::ftp::LogInRefusal refusal);
    void addressesChanged(const QVector<QHostAddress> &now, const QVector<QHostAddress> &before);
    // <<< shorthands

private:
    EngineContext m_context;
    FeatureList m_features;
    StorageFeature &m_storage;
    RepairFeature &m_repair;
    IngestFeature &m_ingest;
    RetentionFeature &m_retention;
    ExaminationFeature &m_examination;
    ReceiverFeature &m_receiver;
};

} // namespace gatehouse::app
