// The command line: what to start, the data folder, and a subcommand with its own arguments. Exit codes: 0
// done, 1 failed or something is wrong, 2 usage, 3 not found, 4 not available, 5 denied.
#pragma once

#include "base/result.h"

#include <QString>
#include <QStringList>
#include <optional>

namespace gatehouse::app
{

enum class Mode { Window, Engine, MediaWorker, MediaCopier, MediaDecoder, Subcommand, Help, Version };

struct Options {
    Mode mode = Mode::Window;
    QString data; // empty: the XDG folders
    QString bind; // address; empty: from the settings
    std::optional<quint16> ftpPort;
    bool demo = false;
    bool hidden = false;   // start in the tray (at login)
    QString subcommand;    // also which one to explain
    QStringList arguments; // the subcommand's own
};

// Invalid: a sentence that names the argument and what is wrong with it.
Result<Options> parseOptions(const QStringList &arguments);
int exitCodeOf(const Error &error);

} // namespace gatehouse::app
