#include "app/cli/arguments.h"

#include "app/cli/text.h"

#include <QCoreApplication>

namespace gatehouse::app
{

Error usageError(const QString &subcommand, const QString &text)
{
    return {ErrorKind::Invalid, Cli::tr("%1. See gatehouse %2 --help").arg(text, subcommand), {}};
}

Result<void> CliArguments::requireNoPositionals() const
{
    if (words.isEmpty())
        return {};
    return tl::unexpected(usageError(subcommand, Cli::tr("Unexpected argument: %1").arg(words.first())));
}

Result<CliArguments> CliArguments::parse(const Options &options, const QStringList &withValue,
                                         const QStringList &flags)
{
    const QStringList &arguments = options.arguments;
    CliArguments out;
    out.subcommand = options.subcommand;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments.at(i);
        // A negative number is a positional: "camera offset Driveway -90".
        bool isNumber = false;
        argument.toDouble(&isNumber);
        if (!argument.startsWith(QLatin1String("-")) || isNumber) {
            out.words.append(argument);
            continue;
        }
        const QString name = argument.section(QLatin1Char('='), 0, 0);
        if (flags.contains(argument)) {
            out.values.insert(argument, QString());
        } else if (!withValue.contains(name)) {
            return tl::unexpected(
                usageError(options.subcommand, Cli::tr("Unknown option: %1").arg(argument)));
        } else if (name != argument) {
            out.values.insert(name, argument.mid(name.size() + 1));
        } else if (++i < arguments.size()) {
            out.values.insert(name, arguments.at(i));
        } else {
            return fail(ErrorKind::Invalid, Cli::tr("%1 needs a value").arg(name));
        }
    }
    return out;
}

} // namespace gatehouse::app
