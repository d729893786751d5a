// The real program in a temporary folder: starts, is killed and started again, and is asked with its own
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
    // The data lies there instead of in a temporary folder.
    explicit ProgramFixture(QString dataFolder) : m_data(std::move(dataFolder)) {}
    ~ProgramFixture();

    // Everything runs under this command from now on: "nsenter -t 1234 -m".
    void runUnder(QStringList wrapper) { m_wrapper = std::move(wrapper); }
    // False: it did not start; lastError() tells. Extra arguments follow --headless.
    bool start(const QStringList &extra = {});
    int stop();   // SIGTERM, waits; the exit code, -1: it crashed
    void kill9(); // SIGKILL, waits
    [[nodiscard]] bool isRunning() const;
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    [[nodiscard]] QString data() const { return m_data; }
    [[nodiscard]] QString lastError() const { return m_error; }

    bool addCamera(const QString &name, const QByteArray &password);
    // The lines a subcommand prints; exitCode() is its code. The first after a start waits until what a crash
    // left is in the catalog.
    QVector<QJsonObject> cli(const QStringList &arguments);
    // The same, while that may still be under way.
    QVector<QJsonObject> verbAtOnce(const QStringList &arguments);
    QJsonObject statusAtOnce() { return verbAtOnce({QStringLiteral("status")}).value(0); }
    QVector<QJsonObject> items();
    [[nodiscard]] int exitCode() const { return m_exitCode; }
    // Everything that has arrived is examined. False after `waitMs`.
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
