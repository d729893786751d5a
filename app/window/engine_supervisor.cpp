#include "app/window/engine_supervisor.h"

#include "protocol/engine.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>

namespace gatehouse::app
{

namespace
{

constexpr int kFirstLookMs = 100; // a running engine accepts local connections at once
constexpr int kAgainMs = 1'000;   // by then a starting engine has its socket; otherwise try again
constexpr int kStartsBeforeWarning = 5;
constexpr int kQuitMs = 10'000;

QString lastLineOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    file.seek(std::max<qint64>(0, file.size() - 4096));
    QString line = QString::fromUtf8(file.readAll().trimmed()).section(QLatin1Char('\n'), -1);
    const QString program = QStringLiteral("gatehouse: "); // prefix of an engine's error output
    return line.startsWith(program) ? line.mid(program.size()) : line;
}

} // namespace

QStringList engineArguments(const Options &options)
{
    QStringList arguments{QStringLiteral("--headless")};
    if (!options.data.isEmpty())
        arguments << QStringLiteral("--data") << options.data;
    if (!options.bind.isEmpty())
        arguments << QStringLiteral("--bind") << options.bind;
    if (options.ftpPort)
        arguments << QStringLiteral("--ftp-port") << QString::number(*options.ftpPort);
    if (options.demo)
        arguments << QStringLiteral("--demo");
    return arguments;
}

EngineSupervisor::EngineSupervisor(EngineProgram program, const settings::Paths &paths,
                                   control::Client &client, QObject *parent)
    : QObject(parent), m_program(std::move(program)), m_log(paths.data + QStringLiteral("/engine.log")),
      m_client(client)
{
    m_look.setSingleShot(true);
    connect(&m_look, &QTimer::timeout, this, &EngineSupervisor::startIfNoneAnswers);
    connect(&m_client, &control::Client::connected, this, [this] {
        m_starts = 0;
        m_look.stop();
        takeOptions(m_client.engine());
        Q_EMIT ownKnown(isOwn());
    });
    // It is there, only not usable: another one would find its lock. What follows it has its options.
    connect(&m_client, &control::Client::incompatible, this, [this] {
        m_look.stop();
        takeOptions(m_client.engine());
    });
    connect(&m_client, &control::Client::disconnected, this, [this] {
        if (m_quitting)
            Q_EMIT gone();
        else
            m_look.start(kFirstLookMs);
    });
    QDir().mkpath(paths.data);
}

void EngineSupervisor::start()
{
    m_client.connectToEngine();
    m_look.start(kFirstLookMs);
}

void EngineSupervisor::startIfNoneAnswers()
{
    if (m_quitting || m_client.isConnected())
        return;
    if (m_starts > 0 && m_starts % kStartsBeforeWarning == 0)
        Q_EMIT failed(lastLineOf(m_log));
    ++m_starts;
    // A second engine finds the first one's lock and exits at once, so retrying is harmless.
    QProcess engine;
    engine.setProgram(m_program.path);
    engine.setArguments(engineArguments(m_program.options));
    engine.setStandardInputFile(QProcess::nullDevice());
    engine.setStandardOutputFile(QProcess::nullDevice());
    engine.setStandardErrorFile(m_log);
    qint64 pid = 0;
    if (engine.startDetached(&pid))
        m_started.insert(pid);
    m_look.start(kAgainMs);
}

void EngineSupervisor::takeOptions(const protocol::Greeting &engine)
{
    if (engine.version.isEmpty())
        return; // it does not say
    m_program.options.bind = engine.bind;
    m_program.options.ftpPort = engine.port ? std::optional(quint16(*engine.port)) : std::nullopt;
    m_program.options.demo = engine.isDemo;
}

bool EngineSupervisor::isOwn() const
{
    return m_client.isConnected() && m_started.contains(m_client.engine().pid);
}

void EngineSupervisor::restartEngine()
{
    m_client.send(protocol::Quit());
}

void EngineSupervisor::quitEngine()
{
    m_quitting = true;
    if (!m_client.isConnected()) {
        Q_EMIT gone();
        return;
    }
    m_client.send(protocol::Quit());
    QTimer::singleShot(kQuitMs, this, &EngineSupervisor::gone);
}

} // namespace gatehouse::app
