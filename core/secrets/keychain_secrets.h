// Secrets in the desktop's keychain (Secret Service, such as GNOME's, or KWallet), by QtKeychain. A locked
// one asks the person at the screen to unlock it; who does not answer for `patience` ms is not waited for:
// then everything is Unavailable at once, until the keychain has answered. Main thread, whose event loop must
// run.
#pragma once

#include "secrets/glib_pump.h"
#include "secrets/secrets.h"

#include <QObject>
#include <functional>

namespace QKeychain
{
class Job;
}

namespace gatehouse::secrets
{

class KeychainSecrets final : public QObject, public Secrets
{
    Q_OBJECT

public:
    static constexpr int kPatience = 20'000; // ms

    // service: what the keychain shows as the owner of the secrets; two installations need two.
    explicit KeychainSecrets(QString service, int patience = kPatience, QObject *parent = nullptr);

    QFuture<Result<QByteArray>> read(const QString &name) override;
    QFuture<Result<void>> write(const QString &name, const QByteArray &secret) override;
    QFuture<Result<void>> remove(const QString &name) override;
    [[nodiscard]] QString place(const QString &name) const override;

    // Whether this session has a keychain, or can start one. Asks the session bus, for two seconds at most.
    static bool isThere();

private:
    template<typename T>
    QFuture<Result<T>> run(QKeychain::Job *job, std::function<Result<T>(QKeychain::Job *)> take);
    void ended(bool wasOverdue);
    void setPump();

    const QString m_service;
    const int m_patience;
    GlibPump m_pump;
    int m_running = 0; // jobs
    int m_overdue = 0; // of them, those that nobody waits for any more
};

} // namespace gatehouse::secrets
