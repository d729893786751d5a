// Everything that a person enters into a camera, for the commands that create or show it.
#pragma once

#include "app/engine/engine_commands.h"
#include "protocol/camera.h"

namespace gatehouse::app
{

// password: empty unless it was created just now. NotFound: unknown camera.
Replied<protocol::CameraLogin> loginOf(Engine &engine, CameraId camera, const QString &password);

} // namespace gatehouse::app
