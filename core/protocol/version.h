// The version of the commands and notifications in this module.
#pragma once

namespace gatehouse::protocol
{

// Sent by the engine in its greeting, and by clients in every command. Increment it whenever a command or
// notification changes its name or fields, so that a window and an engine of different versions say so
// instead of waiting for each other.
inline constexpr int kVersion = 6;

} // namespace gatehouse::protocol
