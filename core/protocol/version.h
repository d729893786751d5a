// The version of the commands and notifications in this module.
#pragma once

namespace gatehouse::protocol
{

// The engine names it in its greeting, a client in every command. Raise it whenever a command or a
// notification changes its name or its fields, so that a window and an engine of different versions say
// so instead of waiting for each other.
inline constexpr int kVersion = 3;

} // namespace gatehouse::protocol
