// Start at log-in: a desktop file in the autostart folder, written and removed off the GUI thread.
// Make it on the GUI thread; the answer arrives there.
#pragma once

#include "base/result.h"

#include <QFuture>
#include <QStringList>

namespace gatehouse::preferences
{

struct Autostart {
    QString folder;        // $XDG_CONFIG_HOME/autostart
    QString program;       // absolute path of gatehouse
    QStringList arguments; // which data folder it opens, such as {"--data", folder}; empty: the usual one

    [[nodiscard]] QString file() const { return folder + QStringLiteral("/gatehouse.desktop"); }
    // The file's text: the window starts in the tray.
    [[nodiscard]] QByteArray text() const;
    [[nodiscard]] QFuture<Result<void>> set(bool on) const;
};

} // namespace gatehouse::preferences
