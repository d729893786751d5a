// What the subcommands share: printing, finding a camera by name, asking the engine. Main thread.
#pragma once

#include "catalog/reader.h"
#include "control/client.h"
#include "settings/paths.h"

#include <QJsonObject>
#include <functional>
#include <memory>

class QCoreApplication;

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

    // Calls back once, on the event loop. Unavailable: neither is possible.
    void open(std::function<void(Result<control::Commands *>)> ready);

Q_SIGNALS:
    void notified(const QString &notification, const QJsonObject &values); // of either
    void lost(); // the running engine is gone: what it had under way is not told any more
    void back(); // it answers again

private:
    struct Private;
    std::unique_ptr<Private> d;
};

// Carries out one command and ends the event loop with the exit code: prints the answer by `print`.
int runCommand(QCoreApplication &application, const settings::Paths &paths, const QString &name,
               const QJsonObject &arguments, const std::function<void(const QJsonObject &answer)> &print);

} // namespace gatehouse::app
