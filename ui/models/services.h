// The services given to the review screen: catalog queries, change notifications, engine commands. References
// stay valid for the window's life. GUI thread.
#pragma once

#include "catalog/changes.h"
#include "catalog/reader_pool.h"
#include "control/commands.h"
#include "control/notifications.h"
#include "media/playback/player_engine.h"

#include <QString>

namespace gatehouse::models
{

struct Services {
    catalog::ReaderPool &reader;
    catalog::Changes &changes;
    control::Commands &commands;
    QString cache; // folder of the derivatives
    media::PlayerOptions player = {};
    control::Notifications *notifications = nullptr; // the engine's; null: none arrive
};

} // namespace gatehouse::models
