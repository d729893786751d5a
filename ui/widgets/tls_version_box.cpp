#include "widgets/tls_version_box.h"

namespace gatehouse::widgets
{

TlsVersionBox::TlsVersionBox(QWidget *parent) : ComboBox(parent)
{
    setAccessibleName(tr("Oldest TLS version"));
    setAccessibleDescription(tlsVersionHint());
    addItem(tr("TLS 1.0: weak, for the oldest cameras"), QStringLiteral("1.0"));
    addItem(tr("TLS 1.1: weak"), QStringLiteral("1.1"));
    addItem(tr("TLS 1.2: secure, supported by most cameras"), QStringLiteral("1.2"));
    addItem(tr("TLS 1.3: secure, supported by few cameras"), QStringLiteral("1.3"));
}

QString TlsVersionBox::version() const
{
    return currentData().toString();
}

void TlsVersionBox::setVersion(const QString &version)
{
    setCurrentIndex(findData(version));
}

void TlsVersionBox::offerDefault(const QString &versionForAll)
{
    insertItem(0, tr("Same as all cameras: TLS %1").arg(versionForAll), QString());
}

QString tlsVersionHint()
{
    return TlsVersionBox::tr(
        "Old cameras may support only TLS 1.0: weaker than 1.2, but better than no encryption.");
}

} // namespace gatehouse::widgets
