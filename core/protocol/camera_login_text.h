// What a camera's login says about encryption and ports, in words for a person: for the window and the
// command line. Any thread.
#pragma once

#include "protocol/camera.h"

namespace gatehouse::protocol
{

// "FTPS, explicit (AUTH TLS), TLS 1.2 or newer"
QString encryptionText(const CameraLogin &login);
// "50000 to 50100"; empty: any free port.
QString dataPortsText(const CameraLogin &login);

} // namespace gatehouse::protocol
