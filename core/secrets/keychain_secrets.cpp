#include "secrets/keychain_secrets.h"

#include "base/futures.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QFile>
#include <QTimer>
#include <qt6keychain/keychain.h>

namespace gatehouse::secrets
{

namespace
{

constexpr int kPumpMs = 10;
constexpr int kOverduePumpMs = 250; // a person may take hours to unlock it
constexpr int kAskBusMs = 2'000;

QString lockedText()
{
    return KeychainSecrets::tr("The keychain is locked or does not answer. Unlock it at the PC's screen");
}

Error errorOf(const QKeychain::Job &job)
{
    const QString where = QStringLiteral("secrets");
    switch (job.error()) {
    case QKeychain::EntryNotFound:
        return {ErrorKind::NotFound,
                KeychainSecrets::tr("It is not in the keychain, or the keychain stayed locked"), where};
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return {ErrorKind::Unavailable, lockedText(), where};
    default:
        return {
            ErrorKind::Unavailable,
            KeychainSecrets::tr("The keychain can't be used (%1). Log in at the PC's screen and unlock it")
                .arg(job.errorString()),
            where};
    }
}

bool hasSessionBus()
{
    // Without one, asking for it would start one.
    if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
        return true;
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return !runtime.isEmpty() && QFile::exists(runtime + QStringLiteral("/bus"));
}

// "ListNames" or "ListActivatableNames".
bool busLists(const QDBusConnection &bus, const QString &method)
{
    const QString daemon = QStringLiteral("org.freedesktop.DBus");
    const QDBusMessage reply = bus.call(
        QDBusMessage::createMethodCall(daemon, QStringLiteral("/org/freedesktop/DBus"), daemon, method),
        QDBus::Block, kAskBusMs);
    const QStringList names = reply.arguments().value(0).toStringList();
    return names.contains(QLatin1String("org.freedesktop.secrets")) ||
           names.contains(QLatin1String("org.kde.kwalletd5"));
}

} // namespace

KeychainSecrets::KeychainSecrets(QString service, int patience, QObject *parent)
    : QObject(parent), m_service(std::move(service)), m_patience(patience)
{
}

QFuture<Result<QByteArray>> KeychainSecrets::read(const QString &name)
{
    if (const auto checked = checkName(name); !checked)
        return answered<Result<QByteArray>>(tl::unexpected(checked.error()));
    auto *job = new QKeychain::ReadPasswordJob(m_service);
    job->setKey(name);
    return run<QByteArray>(job, [](QKeychain::Job *done) -> Result<QByteArray> {
        if (done->error() != QKeychain::NoError)
            return tl::unexpected(errorOf(*done));
        return static_cast<QKeychain::ReadPasswordJob *>(done)->textData().toUtf8();
    });
}

QFuture<Result<void>> KeychainSecrets::write(const QString &name, const QByteArray &secret)
{
    const auto checked = checkName(name).and_then([&] { return checkSecret(secret); });
    if (!checked)
        return answered(checked);
    auto *job = new QKeychain::WritePasswordJob(m_service);
    job->setKey(name);
    job->setTextData(QString::fromUtf8(secret));
    return run<void>(job, [](QKeychain::Job *done) -> Result<void> {
        if (done->error() != QKeychain::NoError)
            return tl::unexpected(errorOf(*done));
        return {};
    });
}

QFuture<Result<void>> KeychainSecrets::remove(const QString &name)
{
    if (const auto checked = checkName(name); !checked)
        return answered(checked);
    auto *job = new QKeychain::DeletePasswordJob(m_service);
    job->setKey(name);
    return run<void>(job, [](QKeychain::Job *done) -> Result<void> {
        if (done->error() != QKeychain::NoError && done->error() != QKeychain::EntryNotFound)
            return tl::unexpected(errorOf(*done));
        return {};
    });
}

QString KeychainSecrets::place(const QString &) const
{
    return tr("the keychain");
}

bool KeychainSecrets::isThere()
{
    if (!hasSessionBus())
        return false;
    const QDBusConnection bus = QDBusConnection::sessionBus();
    return bus.isConnected() && (busLists(bus, QStringLiteral("ListNames")) ||
                                 busLists(bus, QStringLiteral("ListActivatableNames")));
}

template<typename T>
QFuture<Result<T>> KeychainSecrets::run(QKeychain::Job *job, std::function<Result<T>(QKeychain::Job *)> take)
{
    // QtKeychain runs one job after the other: this one would wait for the overdue one.
    if (m_overdue > 0) {
        delete job;
        return answered<Result<T>>(fail(ErrorKind::Unavailable, lockedText(), QStringLiteral("secrets")));
    }
    // Deletes itself once it is done. It must not be deleted before: libsecret still answers it.
    job->setAutoDelete(true);
    const SharedPromise<Result<T>> promise;
    auto *patience = new QTimer(this);
    patience->setSingleShot(true);
    connect(patience, &QTimer::timeout, this, [this, promise] {
        ++m_overdue;
        setPump();
        promise.resolve(fail(ErrorKind::Unavailable, lockedText(), QStringLiteral("secrets")));
    });
    connect(job, &QKeychain::Job::finished, this,
            [this, patience, promise, take = std::move(take)](QKeychain::Job *done) {
                const bool wasOverdue = !patience->isActive();
                patience->stop();
                patience->deleteLater();
                ended(wasOverdue);
                if (!wasOverdue)
                    promise.resolve(take(done));
            });
    ++m_running;
    setPump();
    patience->start(m_patience);
    job->start();
    return promise.future();
}

void KeychainSecrets::ended(bool wasOverdue)
{
    --m_running;
    if (wasOverdue)
        --m_overdue;
    setPump();
}

void KeychainSecrets::setPump()
{
    m_pump.setInterval(m_running == 0 ? 0 : m_overdue > 0 ? kOverduePumpMs : kPumpMs);
}

} // namespace gatehouse::secrets
