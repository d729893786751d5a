// `gatehouse`: the window and the tray, which start or attach to the engine. Returns the exit code.
#pragma once

#include "app/options.h"

namespace gatehouse::app
{

int runWindow(int argc, char **argv, const Options &options);

} // namespace gatehouse::app
