// A subcommand's own arguments: words in order, and options with or without a value. QCommandLineParser takes
// the -90 of `camera offset Driveway -90` for options. Values.
#pragma once

#include "base/result.h"

#include <QHash>
#include <QStringList>

namespace gatehouse::app
{

struct CliArguments {
    QStringList words;
    QHash<QString, QString> values; // "--camera" -> "Driveway"; flags have an empty value

    [[nodiscard]] bool has(const char *name) const { return values.contains(QLatin1String(name)); }
    [[nodiscard]] QString value(const char *name) const { return values.value(QLatin1String(name)); }
    [[nodiscard]] bool json() const { return has("--json"); }

    // Invalid: there are words, but none are accepted.
    [[nodiscard]] Result<void> requireNoPositionals() const;

    // Invalid: an option that is neither in `withValue` nor in `flags`, or a missing value.
    static Result<CliArguments> parse(const QStringList &arguments, const QStringList &withValue,
                                      const QStringList &flags);
};

} // namespace gatehouse::app
