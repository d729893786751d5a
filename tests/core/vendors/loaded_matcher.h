// The matcher with the rules that are compiled in.
#pragma once

#include "vendors/matcher.h"

namespace gatehouse::tests
{

inline std::shared_ptr<const vendors::Matcher> loadedMatcher()
{
    auto loaded = vendors::Matcher::load();
    if (!loaded)
        qFatal("%s", qPrintable(loaded.error().text));
    return *loaded;
}

} // namespace gatehouse::tests
