#include "support/program_fixture.h"

#include "support/test_data.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QThread>
#include <csignal>

namespace gatehouse::tests
{

namespace
{
constexpr int kStartMs = 60'000; // a sanitized build on a busy machine
constexpr int kCliMs = 300'000;
} // namespace

ProgramFixture::~ProgramFixture()
{
    if (isRunning())
        kill9();
}

void ProgramFixture::launch(QProcess &process, const QStringList &arguments) const
{
    const QStringList command = m_wrapper + QStringList{program()} + arguments;
    process.start(command.first(), command.mid(1));
}

bool ProgramFixture::isRunning() const
{
    return m_process.state() != QProcess::NotRunning;
}

bool ProgramFixture::start(const QStringList &extra)
{
    const QStringList arguments{
        QStringLiteral("--headless"), QStringLiteral("--data"),    m_data,
        QStringLiteral("--bind"),     QStringLiteral("127.0.0.1"), QStringLiteral("--ftp-port"),
        QStringLiteral("0")};
    m_process.setProcessChannelMode(QProcess::SeparateChannels);
    m_process.setStandardErrorFile(m_data + QStringLiteral(".log"), QIODevice::Append);
    launch(m_process, arguments + extra);
    QElapsedTimer waited;
    waited.start();
    QByteArray said;
    while (waited.elapsed() < kStartMs) {
        m_process.waitForReadyRead(100);
        said += m_process.readAllStandardOutput();
        if (const qsizetype at = said.indexOf("on port "); at >= 0 && said.indexOf('\n', at) > 0) {
            m_isStarting = true;
            m_port = quint16(said.mid(at + 8, said.indexOf('\n', at) - at - 8).toUInt());
            return m_port != 0;
        }
        if (m_process.state() == QProcess::NotRunning)
            break;
    }
    m_error = QStringLiteral("the engine did not start: ") + QString::fromLocal8Bit(said);
    return false;
}

int ProgramFixture::stop()
{
    m_process.terminate();
    m_process.waitForFinished(kStartMs);
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

void ProgramFixture::kill9()
{
    if (m_process.processId() == 0)
        return; // not the group of this process
    ::kill(pid_t(m_process.processId()), SIGKILL);
    m_process.waitForFinished(kStartMs);
}

bool ProgramFixture::addCamera(const QString &name, const QByteArray &password)
{
    QProcess process;
    launch(process, {QStringLiteral("camera"), QStringLiteral("add"), name, QStringLiteral("--user"), name,
                     QStringLiteral("--password-stdin"), QStringLiteral("--data"), m_data});
    process.write(password + '\n');
    process.closeWriteChannel();
    process.waitForFinished(kCliMs);
    m_error = QString::fromLocal8Bit(process.readAllStandardError());
    return process.exitCode() == 0;
}

QVector<QJsonObject> ProgramFixture::cli(const QStringList &arguments)
{
    while (m_isStarting && isRunning()) {
        m_isStarting = statusAtOnce().value(QLatin1String("starting")).toBool();
        if (m_isStarting)
            QThread::msleep(20);
    }
    return verbAtOnce(arguments);
}

QVector<QJsonObject> ProgramFixture::verbAtOnce(const QStringList &arguments)
{
    QProcess process;
    launch(process, arguments + QStringList{QStringLiteral("--json"), QStringLiteral("--data"), m_data});
    process.closeWriteChannel();
    process.waitForFinished(kCliMs);
    m_error = QString::fromLocal8Bit(process.readAllStandardError());
    m_exitCode = process.exitCode();
    QVector<QJsonObject> out;
    for (const QByteArray &line : process.readAllStandardOutput().split('\n')) {
        if (!line.isEmpty())
            out.append(QJsonDocument::fromJson(line).object());
    }
    return out;
}

QVector<QJsonObject> ProgramFixture::items()
{
    return cli({QStringLiteral("list"), QStringLiteral("--limit"), QStringLiteral("1000000")});
}

bool ProgramFixture::waitExamined(int waitMs)
{
    QElapsedTimer waited;
    waited.start();
    while (waited.elapsed() < waitMs) {
        const QVector<QJsonObject> all = items();
        const bool done = std::none_of(all.begin(), all.end(), [](const QJsonObject &item) {
            return item.value(QLatin1String("state")).toString() == QLatin1String("unexamined");
        });
        if (done)
            return true;
        QThread::msleep(200);
    }
    return false;
}

} // namespace gatehouse::tests
