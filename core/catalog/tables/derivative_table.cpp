#include "catalog/tables/derivative_table.h"

namespace gatehouse::catalog
{

void keepDerivative(WriteContext &context, const Derivative &derivative, DerivativeState state)
{
    context.db.run("INSERT OR REPLACE INTO derivative(item, kind, state, bytes, path) VALUES(?,?,?,?,?)",
                   derivative.item, derivative.kind, state, derivative.bytes, derivative.path);
    if (state == DerivativeState::Unwanted)
        context.changes.garbage();
}

void discardDerivatives(WriteContext &context, ItemId item)
{
    if (context.db.run("UPDATE derivative SET state = ? WHERE item = ?", DerivativeState::Unwanted, item) > 0)
        context.changes.garbage();
}

void restoreDerivatives(db::Connection &db)
{
    // As in migration 0008. A row too many costs nothing: its file counts as not there.
    db.script(R"(
        DELETE FROM derivative WHERE state = 3;
        UPDATE derivative SET state = 1 WHERE item NOT IN (SELECT id FROM item);
        UPDATE derivative SET state = 0 WHERE state = 1 AND item IN (SELECT id FROM item);
        INSERT OR IGNORE INTO derivative(item, kind, state, bytes, path)
        SELECT id, 0, 0, 0, printf('posters/%02x/%d.jpg', id & 255, id) FROM item
        WHERE has_picture = 1;)");
}

} // namespace gatehouse::catalog
