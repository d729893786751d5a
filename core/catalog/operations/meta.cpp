#include "catalog/operations/meta.h"

#include "catalog/operations/salvaged_whole.h"

namespace gatehouse::catalog
{

Result<QString> ReadMeta::run(WriteContext &context) const
{
    db::Statement row = context.db.query("SELECT value FROM meta WHERE key = ?", key);
    return row.step() ? row.text(0) : QString();
}

Result<void> SetMeta::run(WriteContext &context) const
{
    context.db.run("INSERT OR REPLACE INTO meta(key, value) VALUES(?,?)", key, value);
    return {};
}

Result<void> FinishRebuild::run(WriteContext &context) const
{
    context.db.run("DELETE FROM meta WHERE key = ?", QString::fromLatin1(kRebuildKey));
    forgetSalvaged(context, ofAll);
    return {};
}

} // namespace gatehouse::catalog
