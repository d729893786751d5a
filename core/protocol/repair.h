// Commands that repair the archive and the catalog, and resume deletion afterwards. Values: any thread.
#pragma once

#include "protocol/codec.h"

namespace gatehouse::protocol
{

struct RepairReport {
    qint64 looked = 0;    // files
    qint64 added = 0;     // rows for files without one
    qint64 recovered = 0; // of those, files without a line in the journal
    qint64 removed = 0;   // files whose deletion had been interrupted
    qint64 failed = 0;

    static constexpr auto fields()
    {
        return std::tuple{field("looked", &RepairReport::looked), field("added", &RepairReport::added),
                          field("recovered", &RepairReport::recovered),
                          field("removed", &RepairReport::removed), field("failed", &RepairReport::failed)};
    }
};

// Adds rows for files without one.
struct RepairArchive {
    static constexpr QLatin1String kName{"archive.repair"};
    using Reply = RepairReport;
    static constexpr auto fields() { return std::tuple{}; }
};

struct CatalogCondition {
    bool isDamaged = false; // the engine exits, salvages the catalog and restarts

    static constexpr auto fields() { return std::tuple{field("damaged", &CatalogCondition::isDamaged)}; }
};

struct RepairCatalog {
    static constexpr QLatin1String kName{"catalog.repair"};
    using Reply = CatalogCondition;
    static constexpr auto fields() { return std::tuple{}; }
};

// Rows by kind: "items", "cameras", …; -1: an unknown number.
using RowCounts = QMap<QString, qint64>;

struct SalvageReport {
    QString aside; // new location of the damaged catalog; empty: nothing was salvaged
    RowCounts kept;
    RowCounts lost;

    [[nodiscard]] bool isEmpty() const { return aside.isEmpty(); }

    static constexpr auto fields()
    {
        return std::tuple{field("aside", &SalvageReport::aside), field("kept", &SalvageReport::kept),
                          field("lost", &SalvageReport::lost)};
    }
};

// The result of the salvage before this start of the engine.
struct GetSalvageReport {
    static constexpr QLatin1String kName{"catalog.salvaged"};
    using Reply = SalvageReport;
    static constexpr auto fields() { return std::tuple{}; }
};

// A person has confirmed: deletion resumes according to the settings.
struct ConfirmRetention {
    static constexpr QLatin1String kName{"retention.confirm"};
    using Reply = Nothing;
    static constexpr auto fields() { return std::tuple{}; }
};

} // namespace gatehouse::protocol
