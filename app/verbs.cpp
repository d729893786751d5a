#include "app/verbs.h"

namespace gatehouse::app
{

int runVerb(QCoreApplication &application, const Options &options)
{
    if (options.verb == QLatin1String("camera"))
        return runCameraVerb(application, options);
    if (options.verb == QLatin1String("list"))
        return runListVerb(options);
    if (options.verb == QLatin1String("events"))
        return runEventsVerb(options);
    if (options.verb == QLatin1String("deletions"))
        return runDeletionsVerb(options);
    if (options.verb == QLatin1String("status"))
        return runStatusVerb(application, options);
    if (options.verb == QLatin1String("import"))
        return runImportVerb(application, options);
    if (options.verb == QLatin1String("retention"))
        return runRetentionVerb(application, options);
    return runCheckVerb(application, options);
}

} // namespace gatehouse::app
