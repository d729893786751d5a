// The receiver with a backend that only writes files: measures the protocol next to other servers, and lets
// clients be tried out.
//   ftp_test_server FOLDER [PORT]     prints the port; user and password are "cam"
// Creates FOLDER.pem and FOLDER.key for FTPS.
#include "base/clock.h"
#include "fakes/disk_backend.h"
#include "ftp/certificate.h"
#include "ftp/server.h"

#include <QCoreApplication>
#include <cstdio>

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 2) {
        std::fputs("usage: ftp_test_server FOLDER [PORT]\n", stderr);
        return 2;
    }
    const gatehouse::SystemClock clock;
    gatehouse::tests::DiskBackend backend(arguments.at(1));
    gatehouse::ftp::ServerOptions options;
    options.port = quint16(arguments.value(2, QStringLiteral("0")).toUInt());
    options.limits.sessionsPerAddress = options.limits.sessions;
    const QString &folder = arguments.at(1);
    const auto identity = gatehouse::ftp::loadOrMakeTlsIdentity(folder + QStringLiteral(".pem"),
                                                                folder + QStringLiteral(".key"),
                                                                QStringLiteral("Gatehouse"), clock.now());
    if (!identity) {
        std::fprintf(stderr, "%s\n", qPrintable(identity.error().text));
        return 1;
    }
    options.certificates = identity->certificates;
    options.key = identity->key;
    gatehouse::ftp::Server server(options, backend, clock);
    if (const auto listening = server.listen(); !listening) {
        std::fprintf(stderr, "%s\n", qPrintable(listening.error().text));
        return 1;
    }
    std::printf("%d\n", int(server.port()));
    std::fflush(stdout);
    return QCoreApplication::exec();
}
