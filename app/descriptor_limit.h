// How many files this process may have open, sockets among them: the system's default of 1024 is less than
// the receiver's sessions need when all of them send. Any thread.
#pragma once

namespace gatehouse::app
{

// As high as the system allows and is of use; returns what holds now.
int raiseDescriptorLimit();
// How many sessions can all have their sockets and their file under it, next to what the engine needs itself.
int sessionsWithin(int descriptorLimit);

} // namespace gatehouse::app
