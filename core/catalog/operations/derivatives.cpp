#include "catalog/operations/derivatives.h"

#include "catalog/tables/derivative_table.h"
#include "catalog/tables/item_table.h"

namespace gatehouse::catalog
{

Result<void> KeepDerivative::run(WriteContext &context) const
{
    const bool isThere = findItem(context.db, made.item).has_value();
    if (isThere || !made.path.isEmpty())
        keepDerivative(context, made, isThere ? state : DerivativeState::Unwanted);
    return {};
}

Result<void> MarkDerivativeAsked::run(WriteContext &context) const
{
    context.db.run("UPDATE derivative SET state = ? WHERE item = ? AND kind = ? AND state = ?",
                   DerivativeState::Asked, item, kind, DerivativeState::Made);
    return {};
}

Result<void> DiscardDerivatives::run(WriteContext &context) const
{
    for (const Derivative &derivative : unwanted)
        context.db.run("UPDATE derivative SET state = ? WHERE item = ? AND kind = ? AND state IN (?, ?)",
                       DerivativeState::Unwanted, derivative.item, derivative.kind, DerivativeState::Made,
                       DerivativeState::Asked);
    if (!unwanted.isEmpty())
        context.changes.garbage();
    return {};
}

Result<QVector<Derivative>> ReadUnwantedDerivatives::run(WriteContext &context) const
{
    QVector<Derivative> out;
    db::Statement row = context.db.query(R"(
        SELECT item, kind, bytes, path FROM derivative INDEXED BY derivative_unwanted
        WHERE state = 1 AND (item, kind) > (?, ?)
        ORDER BY item, kind LIMIT ?)",
                                         after.item.value, after.kind, limit);
    while (row.step())
        out.append({row.id<ItemId>(0), DerivativeKind(row.number(1)), row.integer(2), row.text(3)});
    return out;
}

Result<void> ForgetDerivatives::run(WriteContext &context) const
{
    for (const Derivative &derivative : gone)
        context.db.run("DELETE FROM derivative WHERE item = ? AND kind = ? AND state = ?", derivative.item,
                       derivative.kind, DerivativeState::Unwanted);
    return {};
}

} // namespace gatehouse::catalog
