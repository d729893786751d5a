// A real S3 server for tests: Ceph's gateway on 127.0.0.1, over HTTP and HTTPS, with everything in memory. It
// ends with this object, and with this process however that ends. Starting it takes some seconds. One thread.
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>

namespace gatehouse::tests
{

struct S3User {
    QByteArray accessKey;
    QByteArray secretKey;
};

class CephServer
{
public:
    static bool isInstalled();
    ~CephServer();

    // False: see lastError().
    bool start();
    [[nodiscard]] QString lastError() const { return m_error; }
    [[nodiscard]] quint16 httpPort() const { return m_http; }
    [[nodiscard]] QString httpEndpoint() const;
    [[nodiscard]] QString httpsEndpoint() const;
    [[nodiscard]] QString caFile() const { return m_caFile; } // PEM
    [[nodiscard]] const S3User &owner() const { return m_owner; }
    [[nodiscard]] const S3User &guest() const { return m_guest; } // may do what a bucket's policy lets it

private:
    QProcess m_process;
    QString m_error;
    quint16 m_http = 0;
    quint16 m_https = 0;
    QString m_caFile;
    S3User m_owner;
    S3User m_guest;
};

} // namespace gatehouse::tests

#define GATEHOUSE_NEEDS_CEPH()                                                                               \
    do {                                                                                                     \
        if (!gatehouse::tests::CephServer::isInstalled())                                                    \
            QSKIP("radosgw, ceph-mon, ceph-osd or ceph-common is not installed");                            \
    } while (false)
