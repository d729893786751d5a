// A subcommand's own arguments: words in order, and options with or without a value. QCommandLineParser takes
// the -90 of `camera offset Driveway -90` for options. Values.
#pragma once

#include "app/options.h"

#include <QHash>
#include <QStringList>

namespace gatehouse::app
{

// A sentence about wrong use of a subcommand, and where its help is.
Error usageError(const QString &subcommand, const QString &text);

struct CliArguments {
    QString subcommand;
    QStringList words;
    QHash<QString, QString> values; // "--camera" -> "Driveway"; flags have an empty value

    [[nodiscard]] bool has(const char *name) const { return values.contains(QLatin1String(name)); }
    [[nodiscard]] QString value(const char *name) const { return values.value(QLatin1String(name)); }
    [[nodiscard]] bool json() const { return has("--json"); }

    // Invalid: there are words, but none are accepted.
    [[nodiscard]] Result<void> requireNoPositionals() const;

    // The subcommand's own arguments. Invalid: an option that is neither in `withValue` nor in `flags`, or a
    // missing value.
    static Result<CliArguments> parse(const Options &options, const QStringList &withValue,
                                      const QStringList &flags);
};

} // namespace gatehouse::app
