// Start at login: a desktop file in the autostart folder, written and removed off the GUI thread. Create it
// on the GUI thread; results arrive there.
#pragma once

#include "base/result.h"

#include <QFuture>
#include <QStringList>

namespace gatehouse::preferences
{

struct Autostart {
    QString folder;        // $XDG_CONFIG_HOME/autostart
    QString program;       // absolute path of gatehouse
    QStringList arguments; // selects the data folder, such as {"--data", folder}; empty: the default

    [[nodiscard]] QString file() const { return folder + QStringLiteral("/gatehouse.desktop"); }
    // The desktop file's text: the window starts in the tray.
    [[nodiscard]] QByteArray text() const;
    [[nodiscard]] QFuture<Result<void>> set(bool on) const;
};

} // namespace gatehouse::preferences
