// Shared by all features of the engine. Lives as long as the engine. Main thread, but for the clock and
// the file system: any thread.
#pragma once

#include "app/engine/problems.h"
#include "base/clock.h"
#include "base/posix_file_system.h"
#include "protocol/repair.h"
#include "settings/paths.h"
#include "settings/settings.h"

#include <memory>
#include <optional>

namespace gatehouse::secrets
{
class Secrets;
}

namespace gatehouse::vendors
{
class Matcher;
}

namespace gatehouse::app
{

struct EngineOptions {
    settings::Paths paths;
    QString bind;                   // overrides the settings; empty: as set
    std::optional<quint16> ftpPort; // overrides the settings
    bool receive = true;            // false: a subcommand without a running engine
    FileSystem *files = nullptr;    // null: the system's; benchmarks pass one that does not sync
    QString worker;                 // program that examines media as `media-worker`; empty: this one
    Result<protocol::SalvageReport> salvaged; // result of the catalog's salvage before this start
    secrets::Secrets *secrets = nullptr;      // null: as this PC keeps them; tests pass their own
};

struct EngineContext {
    explicit EngineContext(EngineOptions engineOptions);
    Q_DISABLE_COPY_MOVE(EngineContext)

    const EngineOptions options;
    const SystemClock clock;
    PosixFileSystem systemFiles;
    FileSystem &files;
    Problems problems{clock};
    const std::shared_ptr<const vendors::Matcher> vendors;
    settings::Settings settings;
    bool areSettingsLastGood = false; // the file is unreadable, and no others were applied since
    qint64 started = 0;               // UTC ms
};

} // namespace gatehouse::app
