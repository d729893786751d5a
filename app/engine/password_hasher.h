// Hashes passwords on a separate thread: that takes some 50 ms of a core by design, which neither the
// engine's main thread nor its storage threads can spare. Any thread.
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
    QThreadPool m_thread; // one: new passwords are rare
};

} // namespace gatehouse::app
