// The FTP receiver: its addresses, certificate and limits, and a watch on logins and uploads that fail.
// Engine's main thread.
#pragma once

#include "app/engine/descriptor_limit.h"
#include "app/engine/feature.h"
#include "app/engine/lan_addresses.h"
#include "app/engine/receiver_watch.h"
#include "base/ids.h"
#include "ftp/certificate.h"
#include "ftp/server.h"
#include "settings/settings.h"

#include <QHostAddress>
#include <QObject>
#include <QTimer>

namespace gatehouse::app
{

class IngestFeature;
class StorageFeature;
struct EngineContext;

class ReceiverFeature final : public QObject, public Feature
{
    Q_OBJECT

public:
    ReceiverFeature(EngineContext &context, StorageFeature &storage, IngestFeature &ingest);

    // Listens, if the engine is to receive.
    Result<void> start() override;
    void stop() override;
    // Listens again only where its own settings changed, for that ends its sessions.
    Result<void> prepare(const settings::Settings &settings) override;
    void apply(const settings::Settings &settings) override;

    // A new password: attempts with the old one count no more.
    void forgetWrongPasswords(const QString &user);
    [[nodiscard]] const QVector<QHostAddress> &listening() const { return m_listening; }
    [[nodiscard]] quint16 port() const; // 0: it does not listen
    // To enter into cameras: where it receives, or would if this engine were to.
    [[nodiscard]] QVector<QHostAddress> addressesForCameras() const;
    [[nodiscard]] quint16 portForCameras() const;
    [[nodiscard]] const QString &trouble() const { return m_trouble; } // empty: it receives
    [[nodiscard]] int sessions() const;
    [[nodiscard]] const DescriptorLimit &descriptors() const { return m_descriptors; }
    [[nodiscard]] const ReceiverWatch &watch() const { return m_watch; }

Q_SIGNALS:
    void changed(); // whether or where it receives
    void loggedIn(gatehouse::AccountId account, const QHostAddress &peer);
    // The PC's address has changed: the receiver already listens there; cameras may still use the old one.
    void addressesChanged(const QVector<QHostAddress> &now, const QVector<QHostAddress> &before);

private:
    Result<void> listen();
    void listenWhereThePcIsNow();
    void keepCertificateInTime();
    void rememberAddresses();
    Result<QVector<QHostAddress>> bindAddresses(const settings::Receiver &receiver) const;
    Result<ftp::ServerOptions> serverOptions(const settings::Receiver &receiver) const;

    EngineContext &m_context;
    StorageFeature &m_storage;
    IngestFeature &m_ingest;
    settings::Settings m_settings; // in use
    DescriptorLimit m_descriptors;
    ReceiverWatch m_watch;
    LanAddresses m_lan;
    std::unique_ptr<ftp::Server> m_server;
    QVector<QHostAddress> m_listening;
    ftp::TlsIdentity m_identity; // shown to cameras
    QTimer m_certificateTimer;
    QString m_trouble;
    quint16 m_lastPort = 0; // of the last server that listened
};

} // namespace gatehouse::app
