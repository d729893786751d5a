// Hashes passwords on a thread of its own: that takes some 50 ms of a core on purpose, which neither the
// engine's main thread nor its storage threads have to spare. Any thread.
#pragma once

#include "accounts/password.h"
#include "base/result.h"

#include <QFuture>
#include <QThreadPool>

namespace gatehouse::app
{

class PasswordHasher
{
public:
    PasswordHasher();

    QFuture<Result<accounts::Secret>> hash(const QByteArray &password);

private:
    QThreadPool m_thread; // one: a person makes few
};

} // namespace gatehouse::app
