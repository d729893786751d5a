#include "ingest/receive/upload_tries.h"

namespace gatehouse::ingest
{

std::shared_ptr<UploadTry> UploadTries::begin(AccountId account, const QString &path)
{
    const auto fresh = std::make_shared<UploadTry>(UploadTry{account, path, false, {}});
    m_tries.removeIf([](const std::weak_ptr<UploadTry> &one) { return one.expired(); });
    for (const auto &one : std::as_const(m_tries)) {
        if (const auto earlier = one.lock(); earlier && earlier->isOfTheSame(*fresh))
            earlier->isOvertaken = true;
    }
    m_tries.append(fresh);
    return fresh;
}

void UploadTries::kept(const UploadTry &whole, ItemId item)
{
    for (const auto &one : std::as_const(m_tries)) {
        const auto earlier = one.lock();
        if (earlier.get() == &whole)
            return;
        if (earlier && earlier->isOfTheSame(whole))
            earlier->overtakenBy = item;
    }
}

} // namespace gatehouse::ingest
