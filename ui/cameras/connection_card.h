// Fills a card with what the engine says about the login of an existing camera. GUI thread.
#pragma once

#include "protocol/camera.h"

namespace gatehouse::widgets
{
class LoginCard;
}

namespace gatehouse::cameras
{

// For a password that is stored only as a hash.
QString hiddenPasswordHint();
// User, password hint, encryption and data ports. The receiver's address is the caller's.
void fillCard(widgets::LoginCard &card, const protocol::CameraLogin &login);

} // namespace gatehouse::cameras
