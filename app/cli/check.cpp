// gatehouse check: every file against its row and its hash. Works alongside a running engine.
#include "archive/check.h"
#include "app/cli/arguments.h"
#include "app/cli/repair.h"
#include "app/cli/subcommands.h"
#include "app/cli/support.h"
#include "app/cli/text.h"
#include "archive/layout.h"
#include "base/clock.h"
#include "base/posix_file_system.h"
#include "catalog/types/file_list.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTextStream>
#include <algorithm>

namespace gatehouse::app
{

namespace
{

constexpr int kPortion = 1'000;
constexpr qint64 kSettledMs = 120'000; // newer files may not be in the catalog yet
constexpr int kProgressEveryMs = 500;

QString nameOf(archive::Problem::Kind kind)
{
    switch (kind) {
    case archive::Problem::Kind::Missing:
        return QStringLiteral("missing");
    case archive::Problem::Kind::WrongSize:
        return QStringLiteral("wrongSize");
    case archive::Problem::Kind::WrongHash:
        return QStringLiteral("wrongHash");
    case archive::Problem::Kind::Unreadable:
        return QStringLiteral("unreadable");
    case archive::Problem::Kind::Unknown:
        return QStringLiteral("unknown");
    }
    return {};
}

class Checking
{
public:
    Checking(std::unique_ptr<catalog::FileList> list, bool json) : m_list(std::move(list)), m_json(json)
    {
        m_sinceProgress.start();
    }

    Result<archive::CheckProgress> run(const settings::Paths &paths, bool quick)
    {
        archive::Check check;
        check.root = paths.archive();
        check.quick = quick;
        check.next = [this] { return next(); };
        check.known = [this](const QStringList &relativePaths) { return known(relativePaths); };
        check.before = SystemClock().now() - kSettledMs;
        check.problem = [this](const archive::Problem &problem) { print(problem); };
        check.progress = [this](const archive::CheckProgress &progress) { return show(progress); };
        auto done = archive::runCheck(m_files, check);
        if (!m_json && m_shown)
            QTextStream(stderr) << '\n';
        return done;
    }

    [[nodiscard]] qint64 problems() const { return m_problems; }

private:
    Result<QVector<archive::Expected>> next()
    {
        const auto rows = m_list->next(m_last, kPortion);
        if (!rows)
            return tl::unexpected(rows.error());
        QVector<archive::Expected> out;
        for (const catalog::ExpectedFile &row : *rows) {
            out.append({row.item, row.relativePath, row.bytes, row.sha256});
            m_last = row.item;
        }
        return out;
    }

    Result<QSet<QString>> known(const QStringList &relativePaths)
    {
        QVector<ItemId> items;
        for (const QString &path : relativePaths) {
            if (const auto archived = archive::parseArchivedPath(path))
                items.append(archived->item);
        }
        return m_list->pathsOf(items);
    }

    void print(const archive::Problem &problem)
    {
        // With a running engine, the file may have been deleted normally since its row was read.
        if (problem.kind == archive::Problem::Kind::Missing) {
            const auto still = m_list->pathsOf({problem.item});
            if (still && !still->contains(problem.relativePath))
                return;
        }
        ++m_problems;
        if (m_json)
            printJson({{QStringLiteral("problem"), nameOf(problem.kind)},
                       {QStringLiteral("id"), problem.item.value},
                       {QStringLiteral("path"), problem.relativePath},
                       {QStringLiteral("text"), problem.text}});
        else
            printLine(QStringLiteral("%1: %2").arg(problem.relativePath, problem.text));
    }

    bool show(const archive::CheckProgress &progress)
    {
        if (!m_json && m_sinceProgress.elapsed() >= kProgressEveryMs) {
            m_sinceProgress.restart();
            m_shown = true;
            QTextStream(stderr) << Cli::tr("\r%1 files checked").arg(progress.files) << Qt::flush;
        }
        return true;
    }

    PosixFileSystem m_files;
    std::unique_ptr<catalog::FileList> m_list;
    const bool m_json;
    ItemId m_last;
    qint64 m_problems = 0;
    bool m_shown = false;
    QElapsedTimer m_sinceProgress;
};

int check(const settings::Paths &paths, bool quick, bool json)
{
    auto list =
        openCatalog(paths).and_then([&](const auto &) { return catalog::FileList::open(paths.catalog()); });
    if (!list)
        return printError(list.error());
    if (const auto sound =
            (*list)->verify(quick ? catalog::FileList::Verify::Pages : catalog::FileList::Verify::Everything);
        !sound)
        return printError(sound.error());
    Checking checking(std::move(*list), json);
    const auto done = checking.run(paths, quick);
    if (!done)
        return printError(done.error());
    if (json)
        printJson(
            {{QStringLiteral("checked"), done->files}, {QStringLiteral("problems"), checking.problems()}});
    else
        printLine(checking.problems() == 0
                      ? Cli::counted(done->files, Cli::tr("1 file checked, no problems"),
                                     Cli::tr("%1 files checked, no problems"))
                      : Cli::tr("%1, %2").arg(
                            Cli::counted(done->files, Cli::tr("1 file checked"), Cli::tr("%1 files checked")),
                            Cli::counted(checking.problems(), Cli::tr("1 problem"), Cli::tr("%1 problems"))));
    return checking.problems() == 0 ? 0 : 1;
}

int runCheck(QCoreApplication &application, const Options &options)
{
    const auto arguments = CliArguments::parse(
        options, {}, {QStringLiteral("--json"), QStringLiteral("--quick"), QStringLiteral("--repair")});
    if (!arguments)
        return printError(arguments.error());
    if (const auto understood = arguments->requireNoPositionals(); !understood)
        return printError(understood.error());
    const settings::Paths paths = settings::Paths::of(options.data);
    int repaired = 0;
    if (arguments->has("--repair")) {
        repaired = runRepair(application, paths, arguments->json());
        if (repaired > 1)
            return repaired;
    }
    return std::max(repaired, check(paths, arguments->has("--quick"), arguments->json()));
}

} // namespace

Subcommand checkSubcommand()
{
    return {QStringLiteral("check"), Cli::tr("verify every file; repair the catalog"),
            Cli::tr("  gatehouse check [--quick] [--repair] [--json]\n"
                    "\n"
                    "Compares every file with its row and its hash.\n"
                    "\n"
                    "  --quick     sizes only, no hashes\n"
                    "  --repair    first recover a damaged catalog, and rebuild from the archive\n"
                    "              what it lacks\n"
                    "\n"
                    "Exit codes: 0 all is well or could be repaired, 1 something is lost or still\n"
                    "wrong, 4 nothing could be done.\n"),
            runCheck};
}

} // namespace gatehouse::app
