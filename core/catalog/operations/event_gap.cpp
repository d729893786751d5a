#include "catalog/operations/event_gap.h"

#include "catalog/tables/write_context.h"

namespace gatehouse::catalog
{

Result<void> SetEventGap::run(WriteContext &context) const
{
    context.options.eventGap = gap;
    return {};
}

} // namespace gatehouse::catalog
