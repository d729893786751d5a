#include "app/engine/engine_context.h"

#include "vendors/matcher.h"

namespace gatehouse::app
{

namespace
{

std::shared_ptr<const vendors::Matcher> loadVendors()
{
    auto matcher = vendors::Matcher::load();
    if (!matcher)
        qFatal("%s", qPrintable(matcher.error().text)); // the rules are compiled in: this build cannot work
    return *matcher;
}

} // namespace

EngineContext::EngineContext(EngineOptions engineOptions)
    : options(std::move(engineOptions)), files(options.files ? *options.files : systemFiles),
      vendors(loadVendors())
{
}

} // namespace gatehouse::app
