#include "app/cli/arguments.h"

#include "app/cli/text.h"

#include <QCoreApplication>

namespace gatehouse::app
{

Result<void> CliArguments::requireNoPositionals() const
{
    if (words.isEmpty())
        return {};
    return fail(ErrorKind::Invalid,
                Cli::tr("Unexpected argument: %1. See gatehouse --help").arg(words.first()));
}

Result<CliArguments> CliArguments::parse(const QStringList &arguments, const QStringList &withValue,
                                         const QStringList &flags)
{
    CliArguments out;
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
            return fail(ErrorKind::Invalid,
                        Cli::tr("Unknown option: %1. See gatehouse --help").arg(argument));
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
