// The screens' name for base/when_done.h: continues on the context's thread when a future has its
// result, and calls nothing when the context was destroyed first.
// Call on the context's thread.
#pragma once

#include "base/when_done.h"

namespace gatehouse::widgets
{

using gatehouse::whenDone;

} // namespace gatehouse::widgets
