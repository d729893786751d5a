// `--demo`: simulated cameras that upload through the real FTP port of this engine. Main thread.
#pragma once

#include "app/engine/engine_commands.h"

#include <memory>

namespace gatehouse::app
{

// Lives as long as the returned object.
std::unique_ptr<QObject> startDemo(Engine &engine, EngineCommands &commands);

} // namespace gatehouse::app
