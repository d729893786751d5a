// Where secrets are kept: the secret key of the off-site copies, for one. Names are of a-z, 0-9 and hyphens;
// a secret is UTF-8 text of at most 64 kB, without a line end. Never log one.
// Errors: Invalid (such a name or secret); NotFound (there is none); Denied (it can't be changed here);
// Unavailable (a locked keychain, a disk that fails): the text says what to do. Call on the thread that
// created it; futures resolve on any, after a bounded time.
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QFuture>

namespace gatehouse::secrets
{

class Secrets
{
public:
    Secrets() = default;
    Q_DISABLE_COPY_MOVE(Secrets)
    virtual ~Secrets() = default;

    virtual QFuture<Result<QByteArray>> read(const QString &name) = 0;
    // Replaces the former one, or leaves it as it was.
    virtual QFuture<Result<void>> write(const QString &name, const QByteArray &secret) = 0;
    // Also succeeds if there is none.
    virtual QFuture<Result<void>> remove(const QString &name) = 0;
    // Where this one is, for a sentence: "the keychain", "the file /home/…".
    [[nodiscard]] virtual QString place(const QString &name) const = 0;
};

inline constexpr qsizetype kMaxSecret = 64 << 10; // bytes

// Invalid: the name, or what is to be written under it.
Result<void> checkName(const QString &name);
Result<void> checkSecret(const QByteArray &secret);

} // namespace gatehouse::secrets
