#include "app/engine/password_hasher.h"

#include "base/futures.h"

namespace gatehouse::app
{

PasswordHasher::PasswordHasher()
{
    m_thread.setMaxThreadCount(1);
}

QFuture<Result<accounts::Secret>> PasswordHasher::hash(const QByteArray &password)
{
    const SharedPromise<Result<accounts::Secret>> answer;
    m_thread.start([answer, password] { answer.resolve(accounts::makeSecret(password)); });
    return answer.future();
}

} // namespace gatehouse::app
