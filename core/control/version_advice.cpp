#include "control/version_advice.h"

#include <QCoreApplication>
#include <QVersionNumber>

namespace gatehouse::control
{

namespace
{

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(VersionAdvice)
};

// Negative: the engine is older.
int compare(const Build &engine, const Build &window)
{
    if (engine.protocol != window.protocol)
        return engine.protocol < window.protocol ? -1 : 1;
    return QVersionNumber::compare(QVersionNumber::fromString(engine.version),
                                   QVersionNumber::fromString(window.version));
}

} // namespace

VersionAdvice adviceOn(const Build &engine, const Build &window)
{
    const int order = compare(engine, window);
    if (order == 0)
        return {};
    QString which;
    if (!engine.version.isEmpty() && engine.version != window.version)
        which = Texts::tr(" (%1; this window: %2)").arg(engine.version, window.version);
    if (order < 0)
        return {
            Texts::tr("An older version of Gatehouse is still receiving%1. Restart the engine; cameras send "
                      "again what they are uploading at that moment.")
                .arg(which),
            true};
    return {
        Texts::tr("A newer version of Gatehouse is receiving%1. Quit this window and start Gatehouse again.")
            .arg(which),
        false};
}

} // namespace gatehouse::control
