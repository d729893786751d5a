// What the subcommands share: printing, finding a camera by name, asking the engine. Main thread.
#pragma once

#include "base/when_done.h"
#include "catalog/reader.h"
#include "control/client.h"
#include "settings/paths.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <functional>
#include <memory>

namespace gatehouse::app
{

class Engine;

int printError(const Error &error);
void printText(const QString &text);
void printLine(const QString &text);
void printJson(const QJsonObject &object);

// The catalog for reading; NotFound says that nothing has been kept there yet.
Result<std::unique_ptr<catalog::Reader>> openCatalog(const settings::Paths &paths);
// By name (upper and lower case alike) or number. NotFound names it.
Result<catalog::Camera> findCamera(catalog::Reader &reader, const QString &nameOrNumber);
Result<catalog::Camera> findCamera(const settings::Paths &paths, const QString &nameOrNumber);

// The commands of the running engine, or of one made here that does not receive.
class EngineAccess : public QObject
{
    Q_OBJECT

public:
    explicit EngineAccess(settings::Paths paths, QObject *parent = nullptr);
    ~EngineAccess() override;

    // Of the running engine, or of the one here.
    control::Notifications &notifications();
    // Calls back once, on the event loop. Unavailable: neither is possible.
    void open(std::function<void(Result<control::Commands *>)> ready);

Q_SIGNALS:
    void lost(); // the running engine is gone: what it had under way is not told any more
    void back(); // it answers again

private:
    struct Private;
    std::unique_ptr<Private> d;
};

// Runs the event loop until `use` has ended it with the exit code; where no engine can be had, it is the
// error's.
int runWithEngine(QCoreApplication &application, const settings::Paths &paths,
                  const std::function<void(control::Commands &, QObject *context)> &use);

// Carries out one command, and returns the exit code: the reply is printed by print(const C::Reply &).
template<protocol::Command C, typename Print>
int runCommand(QCoreApplication &application, const settings::Paths &paths, const C &command, Print print)
{
    return runWithEngine(application, paths, [&](control::Commands &commands, QObject *context) {
        whenDone(commands.send(command), context, [&](const Result<typename C::Reply> &reply) {
            if (reply)
                print(*reply);
            application.exit(reply ? 0 : printError(reply.error()));
        });
    });
}

} // namespace gatehouse::app
