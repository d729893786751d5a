#include "app/engine/receiver_feature.h"

#include "app/engine/engine_context.h"
#include "app/engine/ingest_feature.h"
#include "app/engine/receiver_rules.h"
#include "app/engine/storage_feature.h"
#include "base/when_done.h"
#include "catalog/operations/meta.h"
#include "catalog/writer.h"
#include "ingest/receive/ftp_backend.h"

#include <QJsonDocument>
#include <QLoggingCategory>

namespace gatehouse::app
{

namespace
{

Q_LOGGING_CATEGORY(lcReceiver, "gatehouse.engine")

constexpr int kLookAtCertificateEveryMs = 60'000;

QString certificateName()
{
    return QStringLiteral("Gatehouse");
}

} // namespace

ReceiverFeature::ReceiverFeature(EngineContext &context, StorageFeature &storage, IngestFeature &ingest)
    : m_context(context), m_storage(storage), m_ingest(ingest), m_watch(context.problems, context.clock)
{
    connect(&m_lan, &LanAddresses::addressesChanged, this,
            [this](const QVector<QHostAddress> &now, const QVector<QHostAddress> &before) {
                listenWhereThePcIsNow();
                Q_EMIT addressesChanged(now, before);
            });
    m_certificateTimer.setTimerType(Qt::VeryCoarseTimer);
    m_certificateTimer.setInterval(kLookAtCertificateEveryMs);
    connect(&m_certificateTimer, &QTimer::timeout, this, &ReceiverFeature::keepCertificateInTime);
}

Result<void> ReceiverFeature::start()
{
    m_settings = m_context.settings;
    if (!m_context.options.receive)
        return {};
    m_descriptors.raise(m_context.problems);
    m_certificateTimer.start();
    rememberAddresses();
    connect(&m_ingest.backend(), &ingest::FtpBackend::testReceived, &m_watch, &ReceiverWatch::noteTest);
    return listen();
}

// A camera whose setting was changed may not name itself any more; its address still tells which it is.
void ReceiverFeature::rememberAddresses()
{
    const QString key = QStringLiteral("addresses");
    whenDone(m_storage.writer().submit(catalog::ReadMeta{key}), this, [this](const Result<QString> &saved) {
        m_watch.setAddresses(QJsonDocument::fromJson(saved.value_or(QString()).toUtf8()).object());
    });
    connect(&m_watch, &ReceiverWatch::addressesChanged, this, [this, key] {
        const QByteArray json = QJsonDocument(m_watch.addresses()).toJson(QJsonDocument::Compact);
        m_storage.writer().submit(catalog::SetMeta{key, QString::fromUtf8(json)});
    });
}

void ReceiverFeature::stop()
{
    m_certificateTimer.stop();
    m_server.reset();
    m_listening.clear();
}

Result<void> ReceiverFeature::prepare(const settings::Settings &settings)
{
    // Refused before anything is saved: otherwise the next start would fail.
    if (const auto usable = serverOptions(settings.receiver); !usable) {
        m_settings =
            m_context.settings; // also if others were refused before, and these are to take their place
        return tl::unexpected(usable.error());
    }
    const settings::Settings before = std::exchange(m_settings, settings);
    const bool isNew = settings::needsNewListener(before, settings) || !m_trouble.isEmpty();
    if (!m_context.options.receive || !isNew)
        return {};
    const bool isBindNew = before.receiver.bind != settings.receiver.bind;
    return listen().map_error([isBindNew](Error error) {
        if (error.field.isEmpty()) // the form shows the refusal there
            error.field = isBindNew ? QStringLiteral("receiver.bind") : QStringLiteral("receiver.port");
        return error;
    });
}

void ReceiverFeature::apply(const settings::Settings &settings)
{
    if (m_server)
        m_server->setTlsRules(tlsRulesOf(settings.receiver));
}

void ReceiverFeature::forgetWrongPasswords(const QString &user)
{
    if (m_server)
        m_server->forgetWrongPasswords(user);
}

quint16 ReceiverFeature::port() const
{
    return m_server ? m_server->port() : 0;
}

int ReceiverFeature::sessions() const
{
    return m_server ? m_server->sessionCount() : 0;
}

QVector<QHostAddress> ReceiverFeature::addressesForCameras() const
{
    const QVector<QHostAddress> all =
        m_listening.isEmpty() ? bindAddresses(m_settings.receiver).value_or(QVector<QHostAddress>())
                              : m_listening;
    QVector<QHostAddress> out = all;
    out.removeIf([](const QHostAddress &address) { return address.isLoopback(); });
    return out.isEmpty() ? all : out; // bound to loopback, or without a network
}

quint16 ReceiverFeature::portForCameras() const
{
    return port() != 0 ? port() : m_context.options.ftpPort.value_or(quint16(m_settings.receiver.port));
}

Result<QVector<QHostAddress>> ReceiverFeature::bindAddresses(const settings::Receiver &receiver) const
{
    const QString bind = m_context.options.bind.isEmpty() ? receiver.bind : m_context.options.bind;
    if (bind.isEmpty())
        return m_lan.addresses() + loopbackAddresses();
    const QHostAddress address(bind);
    if (address.isNull())
        return tl::unexpected(Error{ErrorKind::Invalid,
                                    tr("%1 is not an address of this PC").arg(bind),
                                    {},
                                    QStringLiteral("receiver.bind")});
    return QVector<QHostAddress>{address};
}

Result<ftp::ServerOptions> ReceiverFeature::serverOptions(const settings::Receiver &receiver) const
{
    const EngineOptions &options = m_context.options;
    ftp::ServerOptions out;
    const auto bind = bindAddresses(receiver);
    if (!bind)
        return tl::unexpected(bind.error());
    out.bind = *bind;
    out.port = options.ftpPort.value_or(quint16(receiver.port));
    out.passiveFirst = quint16(receiver.passiveFirst);
    out.passiveLast = quint16(receiver.passiveLast);
    out.passiveAddresses = receiver.passiveAddresses;
    out.limits.fileBytes = receiver.maxFileBytes;
    out.limits.sessions = m_descriptors.sessions();
    out.tls = tlsRulesOf(receiver);
    const auto identity =
        receiver.certificate.isEmpty()
            ? ftp::loadOrMakeTlsIdentity(options.paths.certificate(), options.paths.certificateKey(),
                                         certificateName(), m_context.clock.now())
            : ftp::loadTlsIdentity(receiver.certificate, receiver.certificateKey);
    if (!identity) {
        Error error = identity.error();
        if (!receiver.certificate.isEmpty())
            error.field = QStringLiteral("receiver.certificate");
        return tl::unexpected(error);
    }
    out.certificates = identity->certificates;
    out.key = identity->key;
    return out;
}

// A new server ends the old one's sessions, so only if the addresses really differ.
void ReceiverFeature::listenWhereThePcIsNow()
{
    if (!m_server)
        return;
    const auto options = serverOptions(m_settings.receiver);
    if (options && options->bind != m_listening)
        listen();
}

Result<void> ReceiverFeature::listen()
{
    if (port() != 0)
        m_lastPort = port();
    m_server.reset();
    m_listening.clear();
    auto options = serverOptions(m_settings.receiver);
    if (!options)
        return tl::unexpected(options.error());
    if (options->port == 0)
        options->port = m_lastPort; // any free one, but always the same
    m_server = std::make_unique<ftp::Server>(*options, m_ingest.backend(), m_context.clock);
    m_watch.watch(*m_server, m_settings.receiver);
    connect(m_server.get(), &ftp::Server::loggedIn, this, &ReceiverFeature::loggedIn);
    connect(m_server.get(), &ftp::Server::uploadFailed, this,
            [](const QString &user, const QString &path, const QString &reason) {
                qCWarning(lcReceiver).noquote() << "upload failed:" << user << path << reason;
            });
    auto listening = m_server->listen();
    m_trouble = listening ? QString() : listening.error().text;
    if (listening)
        m_listening = options->bind;
    m_identity = {options->certificates, options->key};
    Q_EMIT changed();
    return listening;
}

// The PC's clock may have been corrected only now.
void ReceiverFeature::keepCertificateInTime()
{
    if (!m_server || !m_settings.receiver.certificate.isEmpty() ||
        !ftp::needsRenewal(m_identity, certificateName(), m_context.clock.now()))
        return;
    const auto options = serverOptions(m_settings.receiver);
    if (!options || options->certificates == m_identity.certificates) {
        m_certificateTimer.stop(); // the log has the reason; the next start retries
        return;
    }
    m_identity = {options->certificates, options->key};
    if (const auto taken = m_server->useCertificates(options->certificates, options->key); !taken)
        qCWarning(lcReceiver).noquote() << "certificate:" << taken.error().text;
}

} // namespace gatehouse::app
