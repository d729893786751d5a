// Secrets where nobody is logged in at the screen: systemd's credentials, which can only be read, otherwise
// files that only this user can read, one per secret, each replaced atomically. Calls return at once; a
// thread of its own works on the disk.
#pragma once

#include "secrets/secrets.h"

#include <QThreadPool>

namespace gatehouse::secrets
{

class FileSecrets final : public Secrets
{
public:
    // folder: created with the first secret. credentials: systemd's $CREDENTIALS_DIRECTORY, in which the
    // secret "offsite" is the file "gatehouse-offsite"; empty: none.
    explicit FileSecrets(QString folder, QString credentials = {});
    ~FileSecrets() override; // waits for what was begun

    QFuture<Result<QByteArray>> read(const QString &name) override;
    QFuture<Result<void>> write(const QString &name, const QByteArray &secret) override;
    QFuture<Result<void>> remove(const QString &name) override;
    [[nodiscard]] QString place(const QString &name) const override;

private:
    [[nodiscard]] QString fileOf(const QString &name) const;
    [[nodiscard]] QString credentialOf(const QString &name) const; // empty: systemd gives none of that name
    [[nodiscard]] tl::unexpected<Error> fixedError(const QString &name) const;

    const QString m_folder;
    const QString m_credentials;
    QThreadPool m_thread;
};

} // namespace gatehouse::secrets
