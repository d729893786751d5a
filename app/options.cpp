#include "app/options.h"

#include "app/cli/subcommands.h"
#include "app/cli/text.h"
#include "base/limits.h"
#include "settings/paths.h"

#include <algorithm>

namespace gatehouse::app
{

namespace
{

bool isSubcommand(const QString &word)
{
    const QVector<Subcommand> all = subcommands();
    return std::any_of(all.begin(), all.end(), [&](const Subcommand &one) { return one.name == word; });
}

tl::unexpected<Error> wrong(const QString &text)
{
    return fail(ErrorKind::Invalid, text, QStringLiteral("options"));
}

// Parses "--name value" and "--name=value".
class Reading
{
public:
    explicit Reading(QStringList arguments) : m_rest(std::move(arguments)) {}

    [[nodiscard]] bool atEnd() const { return m_rest.isEmpty(); }
    QString take() { return m_rest.takeFirst(); }
    QStringList takeAll() { return std::exchange(m_rest, {}); }

    Result<QString> valueOf(const QString &argument)
    {
        const qsizetype equals = argument.indexOf(QLatin1Char('='));
        if (equals > 0)
            return argument.mid(equals + 1);
        if (m_rest.isEmpty())
            return wrong(Cli::tr("%1 needs a value").arg(argument));
        return m_rest.takeFirst();
    }

private:
    QStringList m_rest;
};

Result<void> takeValue(Options &out, const QString &name, const QString &value)
{
    // An unset variable in a script must not select another folder, or every address.
    if (value.isEmpty())
        return wrong(Cli::tr("%1 needs a value").arg(name));
    if (name == QLatin1String("--data")) {
        out.data = value;
    } else if (name == QLatin1String("--bind")) {
        out.bind = value;
    } else {
        bool isNumber = false;
        const uint port = value.toUInt(&isNumber);
        if (!isNumber || port > limits::kMaxPort)
            return wrong(Cli::tr("--ftp-port needs a number from 0 to %1 (0: any free port), not \"%2\"")
                             .arg(QString::number(limits::kMaxPort), value));
        out.ftpPort = quint16(port);
    }
    return {};
}

Result<void> takeOption(Options &out, const QString &argument, Reading &reading)
{
    const QString name = argument.section(QLatin1Char('='), 0, 0);
    if (name == QLatin1String("--data") || name == QLatin1String("--bind") ||
        name == QLatin1String("--ftp-port")) {
        const auto value = reading.valueOf(argument);
        return value ? takeValue(out, name, *value) : tl::unexpected(value.error());
    }
    if (name == QLatin1String("--headless"))
        out.mode = Mode::Engine;
    else if (name == QLatin1String("--demo"))
        out.demo = true;
    else if (name == QLatin1String("--hidden"))
        out.hidden = true;
    else if (name == QLatin1String("--help") || name == QLatin1String("-h"))
        out.mode = Mode::Help;
    else if (name == QLatin1String("--version") || name == QLatin1String("-v"))
        out.mode = Mode::Version;
    else
        return wrong(Cli::tr("Unknown option: %1. See gatehouse help").arg(argument));
    return {};
}

// The demo never mixes with real recordings or the real receiver: its own folder, any free port, this PC.
void keepDemoApart(Options &options)
{
    if (options.data.isEmpty())
        options.data = settings::Paths::of({}).data + QStringLiteral("-demo");
    if (!options.ftpPort)
        options.ftpPort = 0;
    if (options.bind.isEmpty())
        options.bind = QStringLiteral("127.0.0.1");
}

} // namespace

Result<Options> parseOptions(const QStringList &arguments)
{
    Options out;
    Reading reading(arguments);
    while (!reading.atEnd()) {
        const QString argument = reading.take();
        if (argument.startsWith(QLatin1Char('-'))) {
            if (const auto taken = takeOption(out, argument, reading); !taken)
                return tl::unexpected(taken.error());
            continue;
        }
        if (argument == QLatin1String("engine")) {
            out.mode = Mode::Engine;
        } else if (argument == QLatin1String("media-worker")) {
            out.mode = Mode::MediaWorker;
        } else if (argument == QLatin1String("media-copier")) {
            out.mode = Mode::MediaCopier;
        } else if (argument == QLatin1String("media-decoder")) {
            out.mode = Mode::MediaDecoder;
        } else if (argument == QLatin1String("help")) {
            out.mode = Mode::Help;
            out.subcommand = reading.atEnd() ? QString() : reading.take();
            if (out.subcommand == argument)
                out.subcommand.clear();
            if (!out.subcommand.isEmpty() && !isSubcommand(out.subcommand))
                return wrong(Cli::tr("Unknown command: %1. See gatehouse help").arg(out.subcommand));
        } else if (isSubcommand(argument)) {
            out.mode = Mode::Subcommand;
            out.subcommand = argument;
            out.arguments = reading.takeAll();
        } else {
            return wrong(Cli::tr("Unknown command: %1. See gatehouse help").arg(argument));
        }
    }
    // "gatehouse list --data DIR": the data folder may follow the subcommand, too.
    for (qsizetype i = 0; out.mode == Mode::Subcommand && i < out.arguments.size();) {
        const QString argument = out.arguments.at(i);
        if (argument == QLatin1String("--help") || argument == QLatin1String("-h")) {
            out.mode = Mode::Help;
        } else if (argument == QLatin1String("--data") && i + 1 < out.arguments.size()) {
            if (const auto taken = takeValue(out, argument, out.arguments.at(i + 1)); !taken)
                return tl::unexpected(taken.error());
            out.arguments.remove(i, 2);
            continue;
        } else if (argument.startsWith(QLatin1String("--data="))) {
            const QString folder = out.arguments.takeAt(i).mid(7);
            if (const auto taken = takeValue(out, QStringLiteral("--data"), folder); !taken)
                return tl::unexpected(taken.error());
            continue;
        }
        ++i;
    }
    if (out.demo)
        keepDemoApart(out);
    return out;
}

int exitCodeOf(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Invalid:
        return 2;
    case ErrorKind::NotFound:
        return 3;
    case ErrorKind::Unavailable:
    case ErrorKind::Full:
        return 4;
    case ErrorKind::Denied:
        return 5;
    default:
        return 1;
    }
}

} // namespace gatehouse::app
