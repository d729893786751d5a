#include "secrets/file_secrets.h"

#include "base/futures.h"
#include "base/messages.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace gatehouse::secrets
{

namespace
{

constexpr QFileDevice::Permissions kPrivateFile = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
constexpr QFileDevice::Permissions kPrivateFolder = kPrivateFile | QFileDevice::ExeOwner;

tl::unexpected<Error> diskError(const QString &path, const QString &reason)
{
    return fail(ErrorKind::Unavailable, QStringLiteral("%1: %2").arg(path, reason),
                QStringLiteral("secrets"));
}

Result<QByteArray> readFile(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return fail(ErrorKind::NotFound, Messages::tr("There is no file %1").arg(path),
                    QStringLiteral("secrets"));
    if (!file.open(QIODevice::ReadOnly))
        return diskError(path, file.errorString());
    QByteArray secret = file.read(kMaxSecret + 2);
    if (secret.endsWith('\n')) // of an editor, or of echo
        secret.chop(1);
    if (checkSecret(secret))
        return secret;
    return fail(ErrorKind::Invalid, Messages::tr("%1 must contain the secret in one line").arg(path),
                QStringLiteral("secrets"));
}

Result<void> writeFile(const QString &path, const QByteArray &secret)
{
    const QString folder = QFileInfo(path).path();
    if (!QDir().mkpath(folder))
        return diskError(folder, Messages::tr("the folder can't be created"));
    if (!QFile::setPermissions(folder, kPrivateFolder))
        return diskError(folder, Messages::tr("its permissions can't be set"));
    QSaveFile file(path);
    // Before the secret is in it; afterwards it would be readable for a moment.
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(kPrivateFile) ||
        file.write(secret) != secret.size() || !file.commit())
        return diskError(path, file.errorString());
    return {};
}

Result<void> removeFile(const QString &path)
{
    QFile file(path);
    if (!file.exists() || file.remove())
        return {};
    return diskError(path, file.errorString());
}

template<typename Work>
auto runOn(QThreadPool &thread, Work work)
{
    const SharedPromise<std::invoke_result_t<Work &>> promise;
    thread.start([promise, work = std::move(work)]() mutable { promise.resolve(work()); });
    return promise.future();
}

} // namespace

FileSecrets::FileSecrets(QString folder, QString credentials)
    : m_folder(std::move(folder)), m_credentials(std::move(credentials))
{
    m_thread.setMaxThreadCount(1); // in the order of the calls
}

FileSecrets::~FileSecrets()
{
    m_thread.waitForDone();
}

QFuture<Result<QByteArray>> FileSecrets::read(const QString &name)
{
    if (const auto checked = checkName(name); !checked)
        return answered<Result<QByteArray>>(tl::unexpected(checked.error()));
    const QString credential = credentialOf(name);
    return runOn(m_thread,
                 [path = credential.isEmpty() ? fileOf(name) : credential] { return readFile(path); });
}

QFuture<Result<void>> FileSecrets::write(const QString &name, const QByteArray &secret)
{
    const auto checked = checkName(name).and_then([&] { return checkSecret(secret); });
    if (!checked)
        return answered(checked);
    if (!credentialOf(name).isEmpty())
        return answered<Result<void>>(fixedError(name));
    return runOn(m_thread, [path = fileOf(name), secret] { return writeFile(path, secret); });
}

QFuture<Result<void>> FileSecrets::remove(const QString &name)
{
    if (const auto checked = checkName(name); !checked)
        return answered(checked);
    if (!credentialOf(name).isEmpty())
        return answered<Result<void>>(fixedError(name));
    return runOn(m_thread, [path = fileOf(name)] { return removeFile(path); });
}

QString FileSecrets::place(const QString &name) const
{
    const QString credential = credentialOf(name);
    return credential.isEmpty()
               ? Messages::tr("the file %1").arg(fileOf(name))
               : Messages::tr("systemd's credential %1").arg(QFileInfo(credential).fileName());
}

QString FileSecrets::fileOf(const QString &name) const
{
    return QStringLiteral("%1/%2").arg(m_folder, name);
}

QString FileSecrets::credentialOf(const QString &name) const
{
    if (m_credentials.isEmpty())
        return {};
    const QString path = QStringLiteral("%1/gatehouse-%2").arg(m_credentials, name);
    return QFile::exists(path) ? path : QString();
}

tl::unexpected<Error> FileSecrets::fixedError(const QString &name) const
{
    return fail(ErrorKind::Denied,
                Messages::tr("This secret is a credential of the systemd service: change it there "
                             "(LoadCredential=gatehouse-%1:…) and restart the service")
                    .arg(name),
                QStringLiteral("secrets"));
}

} // namespace gatehouse::secrets
