#include "player/low_res_copies.h"

#include "base/when_done.h"
#include "protocol/items.h"

namespace gatehouse::player
{

LowResCopies::LowResCopies(const models::Services &services, QObject *parent)
    : QObject(parent), m_services(services)
{
    if (m_services.notifications == nullptr)
        return;
    m_services.notifications->on<protocol::DerivationProgress>(
        this, [this](const protocol::DerivationProgress &progress) {
            const auto awaited = m_awaited.find(progress.item);
            if (progress.kind != protocol::CopyKind::LowRes || awaited == m_awaited.end())
                return;
            *awaited = progress.percent;
            Q_EMIT progressed(progress.item);
        });
}

void LowResCopies::ask(ItemId item)
{
    if (m_awaited.contains(item) || m_unreadable.contains(item))
        return;
    m_awaited.insert(item, 0);
    m_failures.remove(item);
    whenDone(m_services.commands.send(protocol::DeriveItem{item, protocol::CopyKind::LowRes}), this,
             [this, item](const Result<protocol::DerivedItem> &reply) {
                 m_awaited.remove(item);
                 if (reply)
                     return Q_EMIT made(item, m_services.cache + QLatin1Char('/') + reply->path);
                 m_failures.insert(item, reply.error().text);
                 Q_EMIT failed(item, reply.error().text);
             });
}

void LowResCopies::setUnreadable(ItemId item, const QString &why)
{
    m_unreadable.insert(item);
    m_failures.insert(item, why);
}

void LowResCopies::forgive(ItemId item)
{
    m_unreadable.remove(item);
    m_failures.remove(item);
}

std::optional<int> LowResCopies::percent(ItemId item) const
{
    const auto awaited = m_awaited.constFind(item);
    return awaited == m_awaited.constEnd() ? std::nullopt : std::optional(*awaited);
}

} // namespace gatehouse::player
