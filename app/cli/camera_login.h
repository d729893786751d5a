// Prints what to enter into a camera, for the actions that create or show its login.
#pragma once

#include "protocol/camera.h"

namespace gatehouse::app
{

enum class PasswordIs {
    New,    // created just now: printed, this once
    Given,  // by the caller, who knows it; it need not end up in a log
    Unknown // only its hash is stored
};

void printLogin(const protocol::CameraLogin &login, PasswordIs password, bool isJson);

} // namespace gatehouse::app
