#include "support/ceph_server.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <algorithm>

namespace gatehouse::tests
{

namespace
{

constexpr int kStartPatience = 300'000; // ms, on a machine that runs other tests too
constexpr int kStopPatience = 30'000;   // ms

S3User userFrom(const QJsonValue &json)
{
    return {json[u"accessKey"].toString().toLatin1(), json[u"secretKey"].toString().toLatin1()};
}

} // namespace

bool CephServer::isInstalled()
{
    const auto programs = {"radosgw", "radosgw-admin", "ceph-mon", "ceph-osd", "ceph", "monmaptool"};
    return std::all_of(programs.begin(), programs.end(), [](const char *program) {
        return !QStandardPaths::findExecutable(QLatin1String(program)).isEmpty();
    });
}

CephServer::~CephServer()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.closeWriteChannel(); // asks it to end
    if (!m_process.waitForFinished(kStopPatience))
        m_process.kill();
}

bool CephServer::start()
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QStringLiteral("python3"), {QStringLiteral(GATEHOUSE_CEPH_SCRIPT),
                                                QString::number(QCoreApplication::applicationPid())});
    while (!m_process.canReadLine()) {
        if (!m_process.waitForReadyRead(kStartPatience)) {
            m_error = QStringLiteral("the Ceph server did not start: ") + m_process.errorString();
            return false;
        }
    }
    const QJsonObject said = QJsonDocument::fromJson(m_process.readLine()).object();
    m_error = said[u"error"].toString();
    m_http = quint16(said[u"http"].toInt());
    m_https = quint16(said[u"https"].toInt());
    m_caFile = said[u"caFile"].toString();
    m_owner = userFrom(said[u"users"].toArray().at(0));
    m_guest = userFrom(said[u"users"].toArray().at(1));
    return m_error.isEmpty() && m_http != 0;
}

QString CephServer::httpEndpoint() const
{
    return QStringLiteral("http://127.0.0.1:%1").arg(m_http);
}

QString CephServer::httpsEndpoint() const
{
    return QStringLiteral("https://127.0.0.1:%1").arg(m_https);
}

} // namespace gatehouse::tests
