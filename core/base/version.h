// The version of this build, e.g. "0.1.0.512", as --version, the window and the engine's greeting say it. The
// fourth number counts the commits of the clone that was built, so that a window and an engine of two builds
// are told apart; it is missing where the source is not a clone. Any thread.
#pragma once

#include <QString>

namespace gatehouse
{

QString buildVersion();

} // namespace gatehouse
