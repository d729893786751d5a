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
    void repairRequested(); // end, salvage the catalog, and start again
};

void addCameraCommands(EngineCommands &commands, Engine &engine);
void addItemCommands(EngineCommands &commands, Engine &engine);
void addImportCommands(EngineCommands &commands, Engine &engine);
void addReceiverCommands(EngineCommands &commands, Engine &engine);
void addRepairCommands(EngineCommands &commands, Engine &engine);
void addSettingsCommands(EngineCommands &commands, Engine &engine);
void addStatusCommands(EngineCommands &commands, Engine &engine);

// --- what the groups share

// Replies once what the command changed is backed up next to the recordings, too (ingest/state_backup.h).
// Where it cannot be copied the engine reports that as a problem; the command is done all the same.
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

// The reply of a command that has nothing to say but that it is done.
inline Replied<protocol::Nothing> nothingOf(const QFuture<Result<void>> &done, Engine &engine)
{
    return andThen(done, &engine, []() -> Result<protocol::Nothing> { return protocol::Nothing(); });
}

} // namespace gatehouse::app
