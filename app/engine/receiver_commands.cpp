#include "app/engine/engine_commands.h"
#include "app/engine/ingest_feature.h"
#include "app/engine/receiver_feature.h"
#include "base/limits.h"
#include "ingest/receive/ftp_backend.h"
#include "protocol/receiver.h"

namespace gatehouse::app
{

namespace
{

// UTC ms; 0: not paused.
Result<protocol::Nothing> pauseUntil(Engine &engine, qint64 end)
{
    engine.ingest().backend().pauseUntil(end);
    Q_EMIT engine.receiver().changed();
    return protocol::Nothing();
}

} // namespace

void addReceiverCommands(EngineCommands &commands, Engine &engine)
{
    commands.on<protocol::PauseReceiver>([&engine](const protocol::PauseReceiver &command) {
        return pauseUntil(engine, engine.context().clock.now() + qint64(command.minutes) * 60'000);
    });
    commands.on<protocol::ResumeReceiver>(
        [&engine](const protocol::ResumeReceiver &) { return pauseUntil(engine, 0); });
}

} // namespace gatehouse::app
