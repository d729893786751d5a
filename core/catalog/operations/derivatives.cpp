#include "catalog/operations/derivatives.h"

#include "catalog/tables/write_context.h"

namespace gatehouse::catalog
{

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
