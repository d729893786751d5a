#include "app/cli/repair.h"

#include "app/cli/support.h"
#include "app/cli/text.h"
#include "app/engine/catalog_repair.h"
#include "app/engine/engine_lock.h"
#include "base/clock.h"
#include "protocol/repair.h"

#include <QCoreApplication>
#include <QTimer>

namespace gatehouse::app
{

namespace
{

constexpr int kLookForEngineMs = 1'000;

// None: an engine is using it.
Result<std::optional<protocol::SalvageReport>> salvageWithoutEngine(const settings::Paths &paths)
{
    EngineLock lock(paths);
    if (const auto taken = lock.take(); !taken) {
        if (taken.error().kind == ErrorKind::Unavailable)
            return std::optional<protocol::SalvageReport>();
        return tl::unexpected(taken.error());
    }
    const auto salvaged = salvageIfDamaged(paths, SystemClock());
    if (!salvaged)
        return tl::unexpected(salvaged.error());
    return *salvaged ? reportOf(**salvaged) : protocol::SalvageReport();
}

class Repairing
{
public:
    Repairing(QCoreApplication &application, settings::Paths paths, bool json)
        : m_application(application), m_paths(std::move(paths)), m_json(json), m_access(m_paths),
          m_hasCopy(hasStateCopy(m_paths))
    {
        QObject::connect(&m_access, &EngineAccess::back, &m_access, [this] {
            m_look.stop();
            takeSalvaged();
        });
        QObject::connect(&m_look, &QTimer::timeout, &m_access, [this] { lookForEngine(); });
    }

    int run()
    {
        const auto salvaged = salvageWithoutEngine(m_paths);
        if (!salvaged)
            return printError(salvaged.error());
        m_salvaged = salvaged->value_or(protocol::SalvageReport());
        const bool besideEngine = !*salvaged;
        QTimer::singleShot(0, &m_access, [this, besideEngine] {
            m_access.open([this, besideEngine](const Result<control::Commands *> &commands) {
                if (!commands)
                    return fail(commands.error());
                m_commands = *commands;
                besideEngine ? askEngine() : repairArchive();
            });
        });
        return m_application.exec();
    }

private:
    void fail(const Error &error) { m_application.exit(printError(error)); }

    template<protocol::Command C, typename Next>
    void ask(const C &command, Next next)
    {
        whenDone(m_commands->send(command), &m_access, [this, next](const Result<typename C::Reply> &reply) {
            reply ? next(*reply) : fail(reply.error());
        });
    }

    void askEngine()
    {
        ask(protocol::RepairCatalog(), [this](const protocol::CatalogCondition &found) {
            if (!found.isDamaged)
                return repairArchive();
            printProgress(Cli::tr("The catalog is damaged. Gatehouse stops receiving while it is repaired."));
            m_look.start(kLookForEngineMs);
        });
    }

    void takeSalvaged()
    {
        ask(protocol::GetSalvageReport(), [this](const protocol::SalvageReport &salvaged) {
            m_salvaged = salvaged;
            repairArchive();
        });
    }

    // The engine keeps its lock while it restarts.
    void lookForEngine()
    {
        if (EngineLock(m_paths).take())
            fail({ErrorKind::Unavailable,
                  Cli::tr("Gatehouse stopped while it was repairing the catalog. Run the command again."),
                  {}});
    }

    void repairArchive()
    {
        ask(protocol::RepairArchive(),
            [this](const protocol::RepairReport &done) { m_application.exit(printReport(done)); });
    }

    void printProgress(const QString &text) const
    {
        if (!m_json)
            printLine(text);
    }

    // Prints the result; returns the exit code.
    int printReport(const protocol::RepairReport &done) const
    {
        if (m_json) {
            QJsonObject out = protocol::toJson(done);
            if (!m_salvaged.isEmpty())
                out.insert(QStringLiteral("salvage"), protocol::toJson(m_salvaged));
            printJson(out);
        } else {
            if (!m_salvaged.isEmpty())
                printLine(salvageLines(m_salvaged, done.added, m_hasCopy).join(QLatin1Char('\n')));
            printLine(Cli::tr("%1 files scanned, %2 restored, %3 deletions completed, %4 failed")
                          .arg(QString::number(done.looked), QString::number(done.added),
                               QString::number(done.removed), QString::number(done.failed)));
        }
        const bool isLost = !m_salvaged.isEmpty() && isAnythingLost(m_salvaged, done.added, m_hasCopy);
        return done.failed > 0 || isLost ? 1 : 0;
    }

    QCoreApplication &m_application;
    const settings::Paths m_paths;
    const bool m_json;
    EngineAccess m_access;
    QTimer m_look;
    control::Commands *m_commands = nullptr;
    protocol::SalvageReport m_salvaged;
    const bool m_hasCopy; // before the repair
};

} // namespace

int runRepair(QCoreApplication &application, const settings::Paths &paths, bool json)
{
    return Repairing(application, paths, json).run();
}

} // namespace gatehouse::app
