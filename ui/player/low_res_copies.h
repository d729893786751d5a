// The low-res copies that the player asks the engine for, and how far they are. GUI thread.
#pragma once

#include "models/services.h"

#include <QHash>
#include <QSet>
#include <optional>

namespace gatehouse::player
{

class LowResCopies : public QObject
{
    Q_OBJECT

public:
    explicit LowResCopies(const models::Services &services, QObject *parent = nullptr);

    // Asked twice: one request. Not for one that could not be played.
    void ask(ItemId item);
    // How far the one that was asked for is; none: nothing is awaited.
    [[nodiscard]] std::optional<int> percent(ItemId item) const;

    // It is there, but can't be played. Until forgiven.
    void setUnreadable(ItemId item, const QString &why);
    void forgive(ItemId item);
    [[nodiscard]] bool isUnreadable(ItemId item) const { return m_unreadable.contains(item); }
    // Why the last one could not be made or played, until it is asked for again or forgiven; empty: it could.
    [[nodiscard]] QString failure(ItemId item) const { return m_failures.value(item); }

Q_SIGNALS:
    void progressed(gatehouse::ItemId item);
    void made(gatehouse::ItemId item, const QString &path);
    void failed(gatehouse::ItemId item, const QString &why);

private:
    models::Services m_services;
    QHash<ItemId, int> m_awaited; // per cent
    QSet<ItemId> m_unreadable;
    QHash<ItemId, QString> m_failures;
};

} // namespace gatehouse::player
