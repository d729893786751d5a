#include "demo/ftp_uploader.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace gatehouse::demo
{

namespace
{
constexpr int kStepTimeout = 30'000;
constexpr qint64 kMaxLineLength = 4096;
} // namespace

FtpUploader::FtpUploader(const QHostAddress &address, quint16 port, QObject *parent)
    : QObject(parent), m_address(address), m_port(port)
{
    m_timeout.setSingleShot(true);
    m_timeout.setInterval(kStepTimeout);
    connect(&m_timeout, &QTimer::timeout, this,
            [this] { giveUp(QCoreApplication::translate("Demo", "The receiver did not respond in time.")); });
    connect(&m_control, &QTcpSocket::readyRead, this, &FtpUploader::readReplies);
    connect(&m_control, &QTcpSocket::errorOccurred, this, [this] { giveUp(m_control.errorString()); });
    connect(&m_data, &QTcpSocket::connected, this, [this] {
        command(Step::Store, QStringLiteral("STOR ") + m_files.head().path.section(QLatin1Char('/'), -1));
    });
    connect(&m_data, &QTcpSocket::errorOccurred, this, [this](QAbstractSocket::SocketError error) {
        if (error != QAbstractSocket::RemoteHostClosedError)
            giveUp(m_data.errorString());
    });
    // All bytes are sent: closing tells the receiver that the file is complete.
    connect(&m_data, &QTcpSocket::bytesWritten, this, [this] {
        m_timeout.start();
        if (m_data.bytesToWrite() == 0)
            m_data.disconnectFromHost();
    });
}

FtpUploader::~FtpUploader()
{
    m_control.disconnect(this);
    m_data.disconnect(this);
}

void FtpUploader::send(const QString &path, const QByteArray &content)
{
    m_files.enqueue({path, content});
    if (m_step == Step::Idle)
        begin();
}

void FtpUploader::begin()
{
    m_step = Step::Greeting;
    m_timeout.start();
    m_control.connectToHost(m_address, m_port);
}

void FtpUploader::command(Step next, const QString &line)
{
    m_step = next;
    m_timeout.start();
    m_control.write(line.toUtf8() + "\r\n");
}

void FtpUploader::readReplies()
{
    while (m_control.canReadLine()) {
        const QString line = QString::fromUtf8(m_control.readLine(kMaxLineLength)).trimmed();
        bool isNumber = false;
        const int code = line.left(3).toInt(&isNumber);
        if (isNumber && (line.size() == 3 || line[3] == QLatin1Char(' '))) // the last line of a reply
            take(code, line);
    }
    if (m_control.bytesAvailable() > kMaxLineLength)
        giveUp(QCoreApplication::translate("Demo", "The receiver's reply is too long."));
}

void FtpUploader::enterNextFolder()
{
    if (m_folders.isEmpty())
        command(Step::Passive, QStringLiteral("EPSV"));
    else
        command(Step::Enter, QStringLiteral("CWD ") + m_folders.first());
}

void FtpUploader::take(int code, const QString &text)
{
    const bool good = code >= 200 && code < 300;
    switch (m_step) {
    case Step::Greeting:
        if (good)
            return command(Step::User, QStringLiteral("USER ") + m_credentials.user);
        break;
    case Step::User:
        if (code == 331)
            return command(Step::Password, QStringLiteral("PASS ") + m_credentials.password);
        break;
    case Step::Password:
        if (good)
            return command(Step::Type, QStringLiteral("TYPE I"));
        break;
    case Step::Type:
        if (good)
            return command(Step::Root, QStringLiteral("CWD /"));
        break;
    case Step::Root:
        m_folders = m_files.head().path.split(QLatin1Char('/'), Qt::SkipEmptyParts);
        m_folders.removeLast();
        return enterNextFolder();
    case Step::Enter:
        if (!good)
            return command(Step::Make, QStringLiteral("MKD ") + m_folders.first());
        m_folders.removeFirst();
        return enterNextFolder();
    case Step::Make: // 550: another session of this camera created it first
        return command(Step::EnterMade, QStringLiteral("CWD ") + m_folders.first());
    case Step::EnterMade:
        if (!good)
            break;
        m_folders.removeFirst();
        return enterNextFolder();
    case Step::Passive:
        if (code == 229)
            return openData(text);
        break;
    case Step::Store:
        if (code == 150 || code == 125) {
            m_step = Step::Finish;
            m_data.write(m_files.head().content);
            return;
        }
        break;
    case Step::Finish: {
        if (!good)
            break;
        const QString path = m_files.dequeue().path;
        if (m_files.isEmpty())
            command(Step::Quit, QStringLiteral("QUIT"));
        else
            command(Step::Root, QStringLiteral("CWD /"));
        Q_EMIT sent(path);
        return;
    }
    case Step::Quit:
    case Step::Idle:
        m_step = Step::Idle;
        m_timeout.stop();
        m_control.abort();
        if (!m_files.isEmpty())
            begin();
        return;
    }
    giveUp(text);
}

void FtpUploader::openData(const QString &reply)
{
    static const QRegularExpression port(QStringLiteral("\\(\\|\\|\\|(\\d{1,5})\\|\\)"));
    const quint16 number = port.match(reply).captured(1).toUShort();
    if (number == 0)
        return giveUp(reply);
    m_data.abort();
    m_data.connectToHost(m_address, number);
}

void FtpUploader::giveUp(const QString &reason)
{
    const Step at = m_step;
    if (at == Step::Idle)
        return;
    m_step = Step::Idle;
    m_timeout.stop();
    m_control.abort();
    m_data.abort();
    // Every session ends with a close after QUIT.
    const QString path = at == Step::Quit || m_files.isEmpty() ? QString() : m_files.dequeue().path;
    if (!m_files.isEmpty())
        QTimer::singleShot(1000, this, [this] {
            if (m_step == Step::Idle && !m_files.isEmpty())
                begin();
        });
    if (!path.isEmpty())
        Q_EMIT failed(path, reason);
}

} // namespace gatehouse::demo
