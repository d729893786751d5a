// Shared by the subcommands: printing, finding a camera by name, access to the engine. Main thread.
#pragma once

#include "base/when_done.h"
#include "catalog/reader.h"
#include "control/client.h"
#include "protocol/offsite.h"
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
// To standard error, where a script that reads rows does not see it.
void printNote(const QString &text);
void printJson(const QJsonObject &object);

// Opens the catalog for reading; NotFound: nothing has been stored there yet.
Result<std::unique_ptr<catalog::Reader>> openCatalog(const settings::Paths &paths);
// By name (ignoring case) or number. NotFound names it.
Result<catalog::Camera> findCamera(catalog::Reader &reader, const QString &nameOrNumber);
Result<catalog::Camera> findCamera(const settings::Paths &paths, const QString &nameOrNumber);

// What goes off-site, as it is typed: "low-res"; none: another word.
std::optional<protocol::OffsiteChoice> choiceFrom(const QString &word);

// The commands of the running engine, or of one created here that does not receive.
class EngineAccess : public QObject
{
    Q_OBJECT

public:
    explicit EngineAccess(settings::Paths paths, QObject *parent = nullptr);
    ~EngineAccess() override;

    // Of the running engine, or of the local one.
    control::Notifications &notifications();
    // Calls back once, on the event loop. Unavailable: neither is possible.
    void open(std::function<void(Result<control::Commands *>)> ready);

Q_SIGNALS:
    void lost(); // the running engine is gone: pending commands are not reported any more
    void back(); // it responds again

private:
    struct Private;
    std::unique_ptr<Private> d;
};

// Runs the event loop until `use` ends it with the exit code; if no engine is available, the exit code is the
// error's.
int runWithEngine(QCoreApplication &application, const settings::Paths &paths,
                  const std::function<void(control::Commands &, QObject *context)> &use);

// Runs one command and returns the exit code; print(const C::Reply &) prints the reply.
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
