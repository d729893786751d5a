// The real program in a temporary folder: starts, kills and restarts it, and queries it with its own
// command-line subcommands. One thread.
#pragma once

#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QVector>

namespace gatehouse::tests
{

class ProgramFixture
{
public:
    ProgramFixture() = default;
    // Uses this data folder instead of a temporary one.
    explicit ProgramFixture(QString dataFolder) : m_data(std::move(dataFolder)) {}
    ~ProgramFixture();

    // Runs everything under this command from now on: "nsenter -t 1234 -m".
    void runUnder(QStringList wrapper) { m_wrapper = std::move(wrapper); }
    // False: it did not start, see lastError(). Extra arguments follow --headless.
    bool start(const QStringList &extra = {});
    int stop();   // SIGTERM, waits; returns the exit code, -1: it crashed
    void kill9(); // SIGKILL, waits
    [[nodiscard]] bool isRunning() const;
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    [[nodiscard]] QString data() const { return m_data; }
    [[nodiscard]] QString lastError() const { return m_error; }

    bool addCamera(const QString &name, const QByteArray &password);
    // The lines a subcommand prints; exitCode() is its exit code. The first call after a start waits until
    // repair has finished.
    QVector<QJsonObject> cli(const QStringList &arguments);
    // The same, without that wait.
    QVector<QJsonObject> verbAtOnce(const QStringList &arguments);
    QJsonObject statusAtOnce() { return verbAtOnce({QStringLiteral("status")}).value(0); }
    QVector<QJsonObject> items();
    // As `camera list` prints it.
    QJsonObject firstCamera() { return cli({QStringLiteral("camera"), QStringLiteral("list")}).value(0); }
    [[nodiscard]] int exitCode() const { return m_exitCode; }
    // Waits until every arrived item is examined. False after `waitMs`.
    bool waitExamined(int waitMs);

private:
    void launch(QProcess &process, const QStringList &arguments) const;

    QTemporaryDir m_folder;
    QString m_data = m_folder.filePath(QStringLiteral("data"));
    QStringList m_wrapper;
    QProcess m_process;
    QString m_error;
    quint16 m_port = 0;
    int m_exitCode = 0;
    bool m_isStarting = false;
};

} // namespace gatehouse::tests
