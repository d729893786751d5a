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
    whenDone(m_services.commands.send(protocol::DeriveItem{item, protocol::CopyKind::LowRes}), this,
             [this, item](const Result<protocol::DerivedItem> &reply) {
                 m_awaited.remove(item);
                 if (reply)
                     Q_EMIT made(item, m_services.cache + QLatin1Char('/') + reply->path);
                 else
                     Q_EMIT failed(item, reply.error().text);
             });
}

std::optional<int> LowResCopies::percent(ItemId item) const
{
    const auto awaited = m_awaited.constFind(item);
    return awaited == m_awaited.constEnd() ? std::nullopt : std::optional(*awaited);
}

} // namespace gatehouse::player
