// One demo camera's FTP client: logs in, creates the folders, sends its files one at a time through EPSV, and
// sends QUIT when none is left, as cameras do. Asynchronous; lives on one thread with an event loop. A step
// that takes over 30 s or is refused fails the file; the next file starts a new session.
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QObject>
#include <QQueue>
#include <QStringList>
#include <QTcpSocket>
#include <QTimer>

namespace gatehouse::demo
{

struct Credentials {
    QString user;
    QString password;
};

class FtpUploader : public QObject
{
    Q_OBJECT

public:
    FtpUploader(const QHostAddress &address, quint16 port, QObject *parent = nullptr);
    ~FtpUploader() override;

    void setCredentials(const Credentials &credentials) { m_credentials = credentials; }
    void send(const QString &path, const QByteArray &content);
    [[nodiscard]] qsizetype waiting() const { return m_files.size(); }

Q_SIGNALS:
    void sent(const QString &path);
    void failed(const QString &path, const QString &reason);

private:
    enum class Step {
        Idle,
        Greeting,
        User,
        Password,
        Type,
        Root,
        Enter,
        Make,
        EnterMade,
        Passive,
        Store,
        Finish,
        Quit
    };
    struct File {
        QString path;
        QByteArray content;
    };

    void begin();
    void readReplies();
    void take(int code, const QString &text);
    void command(Step next, const QString &line);
    void enterNextFolder();
    void openData(const QString &reply);
    void giveUp(const QString &reason);

    QHostAddress m_address;
    quint16 m_port;
    Credentials m_credentials;
    QTcpSocket m_control;
    QTcpSocket m_data;
    QTimer m_timeout;
    QQueue<File> m_files;  // the first is being sent
    QStringList m_folders; // still to be entered for it
    Step m_step = Step::Idle;
};

} // namespace gatehouse::demo
