// How much moves in each clip, as its examination found. Inside an operation, or a reader's connection.
#pragma once

#include "base/ids.h"
#include "base/motion_profile.h"
#include "db/connection.h"

namespace gatehouse::catalog
{

// Empty: discards what was known before.
void setMotion(db::Connection &db, ItemId item, const MotionProfile &profile);
void dropMotion(db::Connection &db, ItemId item);

} // namespace gatehouse::catalog
