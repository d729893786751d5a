// The certificate for FTPS: the user's own, or one made here at the first start. Blocks on the disk:
// not on the network thread. Errors: NotFound, Denied, Invalid (not a certificate and its key), Internal.
#pragma once

#include "base/result.h"

#include <QSslCertificate>
#include <QSslKey>

namespace gatehouse::ftp
{

struct TlsIdentity {
    QList<QSslCertificate> certificates; // its own first, then the chain
    QSslKey key;
};

Result<TlsIdentity> loadTlsIdentity(const QString &certificateFile, const QString &keyFile);

// Writes both as PEM, the key readable by this user only, and never over an existing file (Invalid).
// RSA with 2048 bits, because old cameras know nothing newer; valid from `now` (UTC ms) for 20 years,
// as nobody renews a certificate in a camera.
Result<void> makeSelfSigned(const QString &certificateFile, const QString &keyFile, const QString &commonName,
                            qint64 now);

// Whether its certificate was made here, for a time that `now` is not in: by a clock that was wrong, or so
// long ago that it ran out.
bool needsRenewal(const TlsIdentity &identity, const QString &commonName, qint64 now);

// The files' identity; makes them when both are absent, and the certificate anew, for the same key, when it
// needs it. Another one's certificate is taken as it is.
Result<TlsIdentity> loadOrMakeTlsIdentity(const QString &certificateFile, const QString &keyFile,
                                          const QString &commonName, qint64 now);

} // namespace gatehouse::ftp
