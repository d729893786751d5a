#include "app/engine/catalog_repair.h"

#include "app/cli/text.h"
#include "archive/archive_id.h"
#include "archive/state_file.h"
#include "base/posix_file_system.h"
#include "catalog/types/state_snapshot.h"
#include "settings/settings.h"

#include <QFile>
#include <algorithm>
#include <array>

namespace gatehouse::app
{

namespace
{

struct Kind {
    const char *name;
    const char *table;
    const char *one;
    const char *many;
};

// Data that a user would miss. FTP trees, counts and the like are rebuilt or expire.
constexpr std::array kRowKinds = {
    Kind{"items", "item", QT_TRANSLATE_NOOP("Cli", "1 file"), QT_TRANSLATE_NOOP("Cli", "%1 files")},
    Kind{"details", "item_detail", QT_TRANSLATE_NOOP("Cli", "the name and place of 1 file"),
         QT_TRANSLATE_NOOP("Cli", "the names and places of %1 files")},
    Kind{"events", "event", QT_TRANSLATE_NOOP("Cli", "1 event"), QT_TRANSLATE_NOOP("Cli", "%1 events")},
    Kind{"cameras", "camera", QT_TRANSLATE_NOOP("Cli", "1 camera"), QT_TRANSLATE_NOOP("Cli", "%1 cameras")},
    Kind{"logins", "account", QT_TRANSLATE_NOOP("Cli", "1 login"), QT_TRANSLATE_NOOP("Cli", "%1 logins")},
    Kind{"deletions", "deletion", QT_TRANSLATE_NOOP("Cli", "1 line of the list of deletions"),
         QT_TRANSLATE_NOOP("Cli", "%1 lines of the list of deletions")},
};

using protocol::RowCounts;

QString words(const RowCounts &counts)
{
    QStringList out;
    for (const Kind &kind : kRowKinds) {
        const qint64 count = counts.value(QLatin1String(kind.name));
        if (count > 0)
            out.append(Cli::counted(count, QCoreApplication::translate("Cli", kind.one),
                                    QCoreApplication::translate("Cli", kind.many)));
        else if (count < 0)
            out.append(QCoreApplication::translate("Cli", kind.many).arg(Cli::tr("some")));
    }
    return out.join(QLatin1String(", "));
}

// Items without two intact rows still have their files, from which their rows are rebuilt.
RowCounts lostForGood(const protocol::SalvageReport &salvaged, qint64 rebuilt, bool hasCopy)
{
    RowCounts lost = salvaged.lost;
    const qint64 halves = std::max(lost.value(QLatin1String("items")), lost.value(QLatin1String("details")));
    lost.remove(QStringLiteral("details"));
    lost.remove(QStringLiteral("items"));
    if (hasCopy) {
        lost.remove(QStringLiteral("cameras"));
        lost.remove(QStringLiteral("logins"));
    }
    if (halves > rebuilt)
        lost.insert(QStringLiteral("items"), halves - rebuilt);
    return lost;
}

} // namespace

Result<std::optional<catalog::Salvaged>> salvageIfDamaged(const settings::Paths &paths, const Clock &clock)
{
    using Done = std::optional<catalog::Salvaged>;
    if (auto finished = catalog::finishSalvage(paths.catalog()); !finished)
        return tl::unexpected(finished.error());
    if (!QFile::exists(paths.catalog()))
        return Done();
    catalog::SalvageOptions options;
    options.databasePath = paths.catalog();
    options.archiveRoot = paths.archive();
    PosixFileSystem files;
    if (const auto identity = archive::readArchiveId(files, paths.archive()))
        options.archiveId = identity->id;
    if (const auto settings = settings::load(paths.settings()))
        options.eventGap = qint64(settings->eventGapSeconds) * 1'000;
    auto done = catalog::salvage(options, clock);
    if (!done && done.error().kind == ErrorKind::Invalid)
        return Done();
    return done.map([](const catalog::Salvaged &salvaged) { return Done(salvaged); });
}

protocol::SalvageReport reportOf(const catalog::Salvaged &salvaged)
{
    protocol::SalvageReport out;
    out.aside = salvaged.aside;
    for (const Kind &kind : kRowKinds) {
        for (const catalog::SalvagedTable &table : salvaged.tables) {
            if (table.name != QLatin1String(kind.table))
                continue;
            out.kept.insert(QLatin1String(kind.name), table.kept);
            if (table.lost != 0)
                out.lost.insert(QLatin1String(kind.name), table.lost);
        }
    }
    return out;
}

bool isAnythingLost(const protocol::SalvageReport &salvaged, qint64 rebuilt, bool hasCopy)
{
    return !lostForGood(salvaged, rebuilt, hasCopy).isEmpty();
}

bool hasStateCopy(const settings::Paths &paths)
{
    PosixFileSystem files;
    return archive::readStateFile(files, paths.archive()).and_then(catalog::stateFromJson).has_value();
}

QStringList salvageLines(const protocol::SalvageReport &salvaged, qint64 rebuilt, bool hasCopy)
{
    RowCounts kept = salvaged.kept;
    kept.remove(QStringLiteral("details"));
    QStringList out{Cli::tr("The catalog was damaged. The damaged file was kept as %1").arg(salvaged.aside),
                    Cli::tr("Recovered from it: %1").arg(words(kept))};
    if (rebuilt > 0)
        out.append(Cli::tr("Restored from the archive and its journal: %1")
                       .arg(Cli::counted(rebuilt, Cli::tr("1 file"), Cli::tr("%1 files"))));
    const RowCounts lost = lostForGood(salvaged, rebuilt, hasCopy);
    out.append(lost.isEmpty() ? Cli::tr("Nothing was lost") : Cli::tr("Lost: %1").arg(words(lost)));
    if (lost.contains(QLatin1String("logins")))
        out.append(Cli::tr("Cameras whose login was lost need a new password: gatehouse camera password"));
    out.append(Cli::tr("Nothing is deleted by age or to free space until you confirm that everything is in "
                       "order: gatehouse retention confirm"));
    return out;
}

} // namespace gatehouse::app
