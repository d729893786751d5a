// Finds addresses of devices in a path, which identify a camera whatever stands next to them. Pure: any
// thread.
#pragma once

#include "vendors/tokens.h"

namespace gatehouse::vendors
{

// Gives Role::Address to MAC addresses ("00626E0A0B0C", "00-62-6e-0a-0b-0c"), IPv4 addresses and UUIDs.
void markAddresses(Tokens &tokens);

} // namespace gatehouse::vendors
