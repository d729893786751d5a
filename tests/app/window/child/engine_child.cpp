// An engine that only answers its socket: engine_child --data DIR. It adds "<pid> <UTC ms>" to DIR/starts
// when it starts; where DIR/refuse exists it says so and ends.
#include "app/engine/engine_lock.h"
#include "app/engine/engine_process.h"
#include "base/futures.h"
#include "control/server.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QTimer>
#include <cstdio>

using namespace gatehouse;

namespace
{

constexpr int kMaxLifeMs = 300'000; // longer than any test: a test that crashed leaves no process behind

class QuitCommand final : public control::Commands
{
public:
    QFuture<Result<QJsonObject>> call(QString, QJsonObject) override
    {
        QTimer::singleShot(0, QCoreApplication::instance(), &QCoreApplication::quit);
        return answered<Result<QJsonObject>>(QJsonObject());
    }
};

bool noteStart(const QString &folder)
{
    QFile starts(folder + QStringLiteral("/starts"));
    return starts.open(QIODevice::WriteOnly | QIODevice::Append) &&
           starts.write(QByteArray::number(QCoreApplication::applicationPid()) + ' ' +
                        QByteArray::number(QDateTime::currentMSecsSinceEpoch()) + '\n') > 0;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const auto options = app::parseOptions(QCoreApplication::arguments().mid(1));
    if (!options)
        return 2;
    const settings::Paths paths = settings::Paths::of(options->data);
    app::EngineLock lock(paths);
    if (!lock.take() || !noteStart(paths.data))
        return 1;
    if (QFile::exists(paths.data + QStringLiteral("/refuse"))) {
        std::fputs("Starting\ngatehouse: The disk is gone\n", stderr);
        return 1;
    }
    QuitCommand commands;
    catalog::Changes changes;
    control::Server server(paths.socket, commands, changes);
    server.setGreeting(app::greetingFor(*options, options->ftpPort.value_or(0)));
    if (!server.listen())
        return 1;
    QTimer::singleShot(kMaxLifeMs, &application, &QCoreApplication::quit);
    return QCoreApplication::exec();
}
