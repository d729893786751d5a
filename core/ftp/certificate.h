// The certificate for FTPS: the user's own, or one generated at the first start. Blocks on disk: not for the
// network thread. Errors: NotFound, Denied, Invalid (certificate and key do not match or parse), Internal.
#pragma once

#include "base/result.h"

#include <QSslCertificate>
#include <QSslKey>

namespace gatehouse::ftp
{

struct TlsIdentity {
    QList<QSslCertificate> certificates; // the server's own first, then the chain
    QSslKey key;
};

Result<TlsIdentity> loadTlsIdentity(const QString &certificateFile, const QString &keyFile);

// Writes both as PEM, the key readable only by this user; never overwrites a file (Invalid). RSA with 2048
// bits, because old cameras support nothing newer; valid from `now` (UTC ms) for 20 years, because nobody
// renews a certificate in a camera.
Result<void> makeSelfSigned(const QString &certificateFile, const QString &keyFile, const QString &commonName,
                            qint64 now);

// Whether the certificate is self-signed by Gatehouse and not valid at `now`: it was made under a wrong
// clock, or has expired.
bool needsRenewal(const TlsIdentity &identity, const QString &commonName, qint64 now);

// Loads the identity from the files. If both are missing, generates them; if the certificate needs renewal,
// issues a new one for the same key. Never touches a certificate from elsewhere.
Result<TlsIdentity> loadOrMakeTlsIdentity(const QString &certificateFile, const QString &keyFile,
                                          const QString &commonName, qint64 now);

} // namespace gatehouse::ftp
