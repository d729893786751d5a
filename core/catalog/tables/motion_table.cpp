#include "catalog/tables/motion_table.h"

namespace gatehouse::catalog
{

void setMotion(db::Connection &db, ItemId item, const MotionProfile &profile)
{
    if (profile.isEmpty())
        return dropMotion(db, item);
    db.run("INSERT OR REPLACE INTO motion(item, profile) VALUES(?,?)", item, profile.toBytes());
}

void dropMotion(db::Connection &db, ItemId item)
{
    db.run("DELETE FROM motion WHERE item = ?", item);
}

} // namespace gatehouse::catalog
