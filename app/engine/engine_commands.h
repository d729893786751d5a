// The engine's commands (see core/protocol), registered by one file per group. Main thread.
#pragma once

#include "app/engine/engine.h"
#include "app/engine/repair_feature.h"
#include "base/when_done.h"
#include "control/dispatcher.h"
#include "ingest/repair/state_backup.h"

namespace gatehouse::app
{

template<typename Reply>
using Replied = QFuture<Result<Reply>>;

class EngineCommands : public QObject, public control::Dispatcher
{
    Q_OBJECT

public:
    explicit EngineCommands(Engine &engine, QObject *parent = nullptr);

Q_SIGNALS:
    void quitRequested();
    void repairRequested(); // exit, salvage the catalog, and restart
};

void addCameraCommands(EngineCommands &commands, Engine &engine);
void addItemCommands(EngineCommands &commands, Engine &engine);
void addImportCommands(EngineCommands &commands, Engine &engine);
void addOffsiteCommands(EngineCommands &commands, Engine &engine);
void addReceiverCommands(EngineCommands &commands, Engine &engine);
void addRepairCommands(EngineCommands &commands, Engine &engine);
void addSettingsCommands(EngineCommands &commands, Engine &engine);
void addStatusCommands(EngineCommands &commands, Engine &engine);

// --- shared by the groups

// Of a command that changes a part of the settings, while their file cannot be read: the rest would be lost.
Error settingsUnreadable();

// Replies once the command's changes are also backed up next to the recordings (ingest/state_backup.h). If
// the backup fails, the engine reports that as a problem; the command still succeeds.
template<typename Reply>
Replied<Reply> backedUp(Engine &engine, const Replied<Reply> &done)
{
    return andThen(done, &engine, [&engine](const Reply &reply) {
        const SharedPromise<Result<Reply>> answer;
        whenDone(engine.repair().stateBackup().save(), &engine,
                 [answer, reply](const Result<void> &) { answer.resolve(reply); });
        return answer.future();
    });
}

// The reply of a command without results.
inline Replied<protocol::Nothing> nothingOf(const QFuture<Result<void>> &done, Engine &engine)
{
    return andThen(done, &engine, []() -> Result<protocol::Nothing> { return protocol::Nothing(); });
}

} // namespace gatehouse::app
