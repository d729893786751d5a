#include "catalog/operations/review.h"

#include "base/messages.h"
#include "catalog/tables/item_table.h"

namespace gatehouse::catalog
{

Result<void> SetReviewed::run(WriteContext &context) const
{
    if (context.db.run("UPDATE event SET reviewed = ? WHERE id = ?", reviewed, event) == 0)
        return fail(ErrorKind::NotFound, Messages::tr("This event no longer exists."),
                    QStringLiteral("catalog"));
    context.changes.event(event);
    if (reviewed)
        context.takenBack.reviews.remove(event);
    else
        context.takenBack.reviews.insert(event);
    return {};
}

Result<void> SetProtected::run(WriteContext &context) const
{
    const std::optional<ItemRow> before = findItem(context.db, item);
    if (!before)
        return fail(ErrorKind::NotFound, Messages::tr("This item no longer exists."),
                    QStringLiteral("catalog"));
    ItemRow after = *before;
    after.isProtected = isProtected;
    changeItem(context, *before, after);
    return {};
}

} // namespace gatehouse::catalog
