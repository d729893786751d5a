// The engine: receives, keeps, examines. The composition root of the receiving half; everything it is
// made of is connected here. Main thread of the engine process (or of a subcommand that runs without one).
#pragma once

#include "app/engine/background_work.h"
#include "app/engine/ballast.h"
#include "app/engine/catalog_repairs.h"
#include "app/engine/descriptor_limit.h"
#include "app/engine/lan_addresses.h"
#include "app/engine/problems.h"
#include "app/engine/receiver_watch.h"
#include "archive/archive.h"
#include "base/clock.h"
#include "base/posix_file_system.h"
#include "catalog/operations/health_check.h"
#include "catalog/reader_pool.h"
#include "catalog/writer.h"
#include "ftp/certificate.h"
#include "ftp/server.h"
#include "ingest/examiner.h"
#include "ingest/importer.h"
#include "ingest/receive/ftp_backend.h"
#include "ingest/receive/partial_upload_reconciler.h"
#include "ingest/repair/repair.h"
#include "ingest/repair/state_backup.h"
#include "ingest/retention/garbage_collector.h"
#include "ingest/retention/retention_job.h"
#include "media/worker/worker_pool.h"
#include "settings/paths.h"
#include "settings/settings.h"

#include <QJsonObject>
#include <QObject>
#include <QTimer>
#include <memory>

namespace gatehouse::app
{

struct EngineOptions {
    settings::Paths paths;
    QString bind;                   // overrides the settings; empty: as set
    std::optional<quint16> ftpPort; // overrides the settings
    bool receive = true;            // false: a subcommand without a running engine
    FileSystem *files = nullptr;    // none: the system's; benchmarks pass one that does not sync
    Result<QJsonObject> salvaged;   // what came of the catalog's salvage before this start; {}: none was due
};

class Engine : public QObject
{
    Q_OBJECT

public:
    explicit Engine(EngineOptions options, QObject *parent = nullptr);
    ~Engine() override;

    // Opens what is there or makes it, and starts to receive; what a crash left is repaired beside that (see
    // repairs()). The text says what to do.
    Result<void> start();

    [[nodiscard]] const EngineOptions &options() const { return m_options; }
    [[nodiscard]] const settings::Settings &settings() const { return m_settings; }
    // Saves; the receiver listens anew only where its own settings changed, for that ends its sessions.
    Result<void> apply(const settings::Settings &settings);
    // What was verified or refused with its old password counts no more.
    void passwordChanged(AccountId account, const QString &user);
    [[nodiscard]] const Clock &clock() const { return m_clock; }
    [[nodiscard]] QVector<QHostAddress> listening() const { return m_listening; }
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] QString receiverTrouble() const { return m_receiverTrouble; } // empty: it receives
    [[nodiscard]] qint64 started() const { return m_started; }
    [[nodiscard]] int sessions() const { return m_ftp ? m_ftp->sessionCount() : 0; }
    [[nodiscard]] const DescriptorLimit &descriptors() const { return m_descriptors; }
    [[nodiscard]] const ReceiverWatch &receiverWatch() const { return m_receiverWatch; }
    QString clockTrouble(); // looks at the PC's clock; empty: it is believed

    Problems &problems() { return m_problems; } // what needs a person now
    CatalogRepairs &repairs() { return *m_repairs; }
    BackgroundWork &work() { return m_work; }
    catalog::Writer &writer() { return *m_writer; }
    catalog::ReaderPool &readers() { return *m_readers; }
    archive::Archive &archive() { return *m_archive; }
    ingest::StateBackup &stateBackup() { return *m_stateBackup; }
    ingest::FtpBackend &backend() { return *m_backend; }
    ingest::Importer &importer() { return *m_importer; }
    ingest::Examiner &examiner() { return *m_examiner; }

Q_SIGNALS:
    void receiverChanged();
    void loggedIn(gatehouse::AccountId account, const QHostAddress &peer);
    void logInRefused(const QString &user, const QHostAddress &peer, const QString &reason,
                      gatehouse::ftp::LogInRefusal refusal);
    // The PC has another address: the receiver listens there already; cameras may still use the old one.
    void addressesChanged(const QVector<QHostAddress> &now, const QVector<QHostAddress> &before);

private:
    Result<void> openStores();
    Result<void> openArchive(const QVector<catalog::ArchiveFolder> &known);
    void makeIngest();
    [[nodiscard]] bool isArchiveAway() const;
    void goOnWithTheRest();
    void watchRoom();
    void reportRoom(bool hasRoom);
    Result<void> listen();
    void listenWhereThePcIsNow();
    void keepCertificateInTime();
    Result<ftp::ServerOptions> serverOptions() const;
    [[nodiscard]] quint16 wantedPort() const;

    EngineOptions m_options;
    settings::Settings m_settings;
    SystemClock m_clock;
    PosixFileSystem m_files;
    Problems m_problems{m_clock};
    const Ballast m_ballast;
    ReceiverWatch m_receiverWatch{m_problems, m_clock};
    DescriptorLimit m_descriptors;
    BackgroundWork m_work; // ends first
    // Destroyed from the last to the first: the catalog outlives whoever still writes to it.
    std::unique_ptr<catalog::Writer> m_writer;
    std::unique_ptr<catalog::ReaderPool> m_readers;
    std::unique_ptr<catalog::HealthCheck> m_health;
    std::unique_ptr<archive::Archive> m_archive;
    std::unique_ptr<ingest::Repair> m_archiveRepair;
    std::unique_ptr<ingest::StateBackup> m_stateBackup;
    std::unique_ptr<CatalogRepairs> m_repairs;
    std::unique_ptr<ingest::FtpBackend> m_backend;
    std::unique_ptr<ingest::GarbageCollector> m_garbage;
    std::unique_ptr<ingest::Importer> m_importer;
    std::unique_ptr<media::WorkerPool> m_workers;
    std::unique_ptr<ingest::Examiner> m_examiner;
    std::unique_ptr<ingest::PartialUploadReconciler> m_partialUploads;
    std::unique_ptr<ingest::TrustedClock> m_trustedClock;
    std::unique_ptr<ingest::RetentionJob> m_retention;
    std::unique_ptr<ftp::Server> m_ftp;
    LanAddresses m_lan;
    QVector<QHostAddress> m_listening;
    ftp::TlsIdentity m_identity; // which cameras are shown
    QTimer m_certificateTimer;
    QString m_receiverTrouble;
    quint16 m_lastPort = 0; // where it listened last
    qint64 m_started = 0;
};

} // namespace gatehouse::app
