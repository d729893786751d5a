// Secrets in memory, which a test can lock like a keychain. One thread.
#pragma once

#include "base/futures.h"
#include "secrets/secrets.h"

#include <QHash>
#include <optional>

namespace gatehouse::tests
{

class FakeSecrets final : public secrets::Secrets
{
public:
    QFuture<Result<QByteArray>> read(const QString &name) override
    {
        ++reads;
        if (trouble)
            return answered<Result<QByteArray>>(tl::unexpected(*trouble));
        if (!kept.contains(name))
            return answered<Result<QByteArray>>(fail(ErrorKind::NotFound, QStringLiteral("It is not there")));
        return answered<Result<QByteArray>>(kept.value(name));
    }
    QFuture<Result<void>> write(const QString &name, const QByteArray &secret) override
    {
        if (trouble)
            return answered<Result<void>>(tl::unexpected(*trouble));
        kept.insert(name, secret);
        return answered<Result<void>>({});
    }
    QFuture<Result<void>> remove(const QString &name) override
    {
        if (trouble)
            return answered<Result<void>>(tl::unexpected(*trouble));
        kept.remove(name);
        return answered<Result<void>>({});
    }
    [[nodiscard]] QString place(const QString &) const override { return QStringLiteral("memory"); }

    void lock() { trouble = Error{ErrorKind::Unavailable, QStringLiteral("The keychain is locked"), {}}; }
    void unlock() { trouble.reset(); }

    QHash<QString, QByteArray> kept;
    std::optional<Error> trouble; // what every call answers
    int reads = 0;
};

} // namespace gatehouse::tests
