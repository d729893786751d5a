// The engine's commands by name (listed in control/commands.h), one file per group. Main thread.
#pragma once

#include "app/engine/engine.h"
#include "control/commands.h"

#include <functional>
#include <map>

namespace gatehouse::app
{

using CommandAnswer = QFuture<Result<QJsonObject>>;
using Handler = std::function<CommandAnswer(const QJsonObject &arguments)>;

class EngineCommands : public QObject, public control::Commands
{
    Q_OBJECT

public:
    explicit EngineCommands(Engine &engine, QObject *parent = nullptr);

    CommandAnswer run(QString name, QJsonObject arguments) override;
    void add(const char *name, Handler handler);

Q_SIGNALS:
    void quitRequested();
    void repairRequested(); // end, salvage the catalog, and start again

private:
    std::map<QString, Handler> m_handlers;
};

void addCameraCommands(EngineCommands &commands, Engine &engine);
void addItemCommands(EngineCommands &commands, Engine &engine);
void addRepairCommands(EngineCommands &commands, Engine &engine);
void addReceiverCommands(EngineCommands &commands, Engine &engine);

// --- what the groups share

// Answers once what the command changed is backed up next to the recordings, too (ingest/state_backup.h).
// Where it cannot be copied the engine reports that as a problem; the command is done all the same.
Handler backedUp(Engine &engine, Handler handler);
// The answer of a command that has nothing to say but that it is done.
CommandAnswer asAnswer(QFuture<Result<void>> done, QObject *context);
// A required member; Invalid names it.
Result<QString> textOf(const QJsonObject &arguments, const char *name);
Result<qint64> numberOf(const QJsonObject &arguments, const char *name);

} // namespace gatehouse::app
