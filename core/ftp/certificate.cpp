#include "ftp/certificate.h"

#include "base/messages.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QLoggingCategory>
#include <QRandomGenerator>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <unistd.h>

namespace gatehouse::ftp
{

namespace
{
Q_LOGGING_CATEGORY(lcCertificate, "gatehouse.certificate")

constexpr int kKeyBits = 2048;
constexpr qint64 kValidSeconds = qint64(20) * 366 * 24 * 3600;
constexpr qint64 kClockSkewSeconds = 24 * 3600; // a camera's clock may be behind
constexpr long kX509Version3 = 2;
constexpr qint64 kEarliestPlausibleTime = 1'704'067'200'000; // 2024-01-01, before Gatehouse existed

QString certificatePlace()
{
    return QStringLiteral("ftp/certificate");
}

struct FreesKey {
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
};
struct FreesCertificate {
    void operator()(X509 *certificate) const { X509_free(certificate); }
};
struct FreesMemory {
    void operator()(BIO *memory) const { BIO_free(memory); }
};

QByteArray contentOf(BIO *memory)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    return QByteArray(data, size);
}

bool addExtension(X509 *certificate, int nid, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value);
    const bool added = extension != nullptr && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return added;
}

bool describe(X509 *certificate, EVP_PKEY *key, const QByteArray &commonName, qint64 nowSeconds)
{
    X509_set_version(certificate, kX509Version3);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate),
                            QRandomGenerator::system()->generate64() >> 1);
    ASN1_TIME_set(X509_getm_notBefore(certificate), nowSeconds - kClockSkewSeconds);
    ASN1_TIME_set(X509_getm_notAfter(certificate), nowSeconds + kValidSeconds);
    X509_NAME *name = X509_get_subject_name(certificate);
    return X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char *>(commonName.constData()),
                                      int(commonName.size()), -1, 0) == 1 &&
           X509_set_issuer_name(certificate, name) == 1 && X509_set_pubkey(certificate, key) == 1 &&
           addExtension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
           addExtension(certificate, NID_ext_key_usage, "serverAuth") &&
           X509_sign(certificate, key, EVP_sha256()) > 0;
}

// PEM; empty if OpenSSL fails.
QByteArray certificateFor(EVP_PKEY *key, const QString &commonName, qint64 now)
{
    const std::unique_ptr<X509, FreesCertificate> certificate(X509_new());
    const std::unique_ptr<BIO, FreesMemory> pem(BIO_new(BIO_s_mem()));
    if (key == nullptr || !certificate ||
        !describe(certificate.get(), key, commonName.toUtf8().left(64), now / 1000) ||
        PEM_write_bio_X509(pem.get(), certificate.get()) != 1)
        return {};
    return contentOf(pem.get());
}

Result<void> writeNew(const QString &path, const QByteArray &bytes)
{
    const int file =
        ::open(QFile::encodeName(path).constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) {
        const ErrorKind kind = errno == EEXIST   ? ErrorKind::Invalid
                               : errno == ENOENT ? ErrorKind::NotFound
                                                 : ErrorKind::Denied;
        return fail(kind, path + QStringLiteral(": ") + QString::fromLocal8Bit(std::strerror(errno)),
                    certificatePlace());
    }
    const bool written = ::write(file, bytes.constData(), size_t(bytes.size())) == bytes.size();
    const bool synced = ::fsync(file) == 0;
    ::close(file);
    if (written && synced)
        return {};
    QFile::remove(path);
    return fail(ErrorKind::Full,
                QCoreApplication::translate("Certificate", "Can't write %1: the disk is full").arg(path),
                certificatePlace());
}

Result<QByteArray> contentOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(file.exists() ? ErrorKind::Denied : ErrorKind::NotFound,
                    path + QStringLiteral(": ") + file.errorString(), certificatePlace());
    return file.readAll();
}

// Keeps the key, so the change is atomic: both the old and the new certificate match it.
Result<void> makeCertificateAnew(const QString &certificateFile, const QString &keyFile,
                                 const QString &commonName, qint64 now)
{
    const auto keyPem = contentOf(keyFile);
    if (!keyPem)
        return tl::unexpected(keyPem.error());
    const std::unique_ptr<BIO, FreesMemory> memory(BIO_new_mem_buf(keyPem->constData(), int(keyPem->size())));
    const std::unique_ptr<EVP_PKEY, FreesKey> key(
        PEM_read_bio_PrivateKey(memory.get(), nullptr, nullptr, nullptr));
    const QByteArray certificate = certificateFor(key.get(), commonName, now);
    if (certificate.isEmpty())
        return fail(ErrorKind::Internal, Messages::tr("Can't create a certificate"), certificatePlace());
    const QString next = certificateFile + QStringLiteral(".new");
    QFile::remove(next);
    if (auto written = writeNew(next, certificate); !written)
        return written;
    if (std::rename(QFile::encodeName(next).constData(), QFile::encodeName(certificateFile).constData()) != 0)
        return fail(ErrorKind::Denied,
                    certificateFile + QStringLiteral(": ") + QString::fromLocal8Bit(std::strerror(errno)),
                    certificatePlace());
    return {};
}
} // namespace

Result<TlsIdentity> loadTlsIdentity(const QString &certificateFile, const QString &keyFile)
{
    const auto certificatePem = contentOf(certificateFile);
    if (!certificatePem)
        return tl::unexpected(certificatePem.error());
    const auto keyPem = contentOf(keyFile);
    if (!keyPem)
        return tl::unexpected(keyPem.error());
    TlsIdentity identity;
    identity.certificates = QSslCertificate::fromData(*certificatePem, QSsl::Pem);
    if (identity.certificates.isEmpty())
        return fail(ErrorKind::Invalid, Messages::tr("%1 contains no certificate").arg(certificateFile),
                    certificatePlace());
    for (const auto algorithm : {QSsl::Rsa, QSsl::Ec}) {
        identity.key = QSslKey(*keyPem, algorithm, QSsl::Pem);
        if (!identity.key.isNull())
            return identity;
    }
    return fail(ErrorKind::Invalid, Messages::tr("%1 contains no key without a passphrase").arg(keyFile),
                certificatePlace());
}

Result<void> makeSelfSigned(const QString &certificateFile, const QString &keyFile, const QString &commonName,
                            qint64 now)
{
    const std::unique_ptr<EVP_PKEY, FreesKey> key(EVP_RSA_gen(kKeyBits));
    const QByteArray certificate = certificateFor(key.get(), commonName, now);
    const std::unique_ptr<BIO, FreesMemory> keyPem(BIO_new(BIO_s_secmem()));
    // Every recent version of Qt and OpenSSL reads the key's traditional form.
    if (certificate.isEmpty() || PEM_write_bio_PrivateKey_traditional(keyPem.get(), key.get(), nullptr,
                                                                      nullptr, 0, nullptr, nullptr) != 1)
        return fail(ErrorKind::Internal, Messages::tr("Can't create a certificate"), certificatePlace());
    if (auto written = writeNew(keyFile, contentOf(keyPem.get())); !written)
        return written;
    auto written = writeNew(certificateFile, certificate);
    if (!written)
        QFile::remove(keyFile);
    return written;
}

bool needsRenewal(const TlsIdentity &identity, const QString &commonName, qint64 now)
{
    if (now < kEarliestPlausibleTime || identity.certificates.size() != 1)
        return false;
    const QSslCertificate &own = identity.certificates.first();
    const bool isInTime =
        own.effectiveDate().toMSecsSinceEpoch() <= now && now <= own.expiryDate().toMSecsSinceEpoch();
    // The user may have replaced it meanwhile.
    return !isInTime && own.isSelfSigned() &&
           own.subjectInfo(QSslCertificate::CommonName) == QStringList{commonName};
}

Result<TlsIdentity> loadOrMakeTlsIdentity(const QString &certificateFile, const QString &keyFile,
                                          const QString &commonName, qint64 now)
{
    if (!QFile::exists(certificateFile) && !QFile::exists(keyFile)) {
        if (const auto made = makeSelfSigned(certificateFile, keyFile, commonName, now); !made)
            return tl::unexpected(made.error());
    }
    auto identity = loadTlsIdentity(certificateFile, keyFile);
    if (!identity || !needsRenewal(*identity, commonName, now))
        return identity;
    const QSslCertificate &old = identity->certificates.first();
    qCWarning(lcCertificate).noquote()
        << "the FTPS certificate is valid only from" << old.effectiveDate().toString(Qt::ISODate) << "to"
        << old.expiryDate().toString(Qt::ISODate) << "and is renewed with the same key";
    if (const auto made = makeCertificateAnew(certificateFile, keyFile, commonName, now); !made) {
        qCWarning(lcCertificate).noquote() << made.error().text;
        return identity; // most cameras accept it regardless
    }
    return loadTlsIdentity(certificateFile, keyFile);
}

} // namespace gatehouse::ftp
