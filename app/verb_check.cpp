// gatehouse check: every file against its row and its hash. Works beside a running engine.
#include "app/verb_arguments.h"
#include "app/verb_repair.h"
#include "app/verb_support.h"
#include "app/verb_text.h"
#include "app/verbs.h"
#include "archive/check.h"
#include "archive/layout.h"
#include "base/clock.h"
#include "base/posix_files.h"
#include "catalog/file_list.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTextStream>
#include <algorithm>

namespace gatehouse::app
{

namespace
{

constexpr int kPortion = 1'000;
constexpr qint64 kSettledMs = 120'000; // younger files may be on their way into the catalog
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
        m_sinceTold.start();
    }

    Result<archive::CheckProgress> run(const settings::Paths &paths, bool quick)
    {
        archive::Check check;
        check.root = paths.archive();
        check.quick = quick;
        check.next = [this] { return next(); };
        check.known = [this](const QStringList &relativePaths) { return known(relativePaths); };
        check.before = SystemClock().now() - kSettledMs;
        check.problem = [this](const archive::Problem &problem) { tell(problem); };
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
            if (const auto meaning = archive::meaningOfPath(path))
                items.append(meaning->item);
        }
        return m_list->pathsOf(items);
    }

    void tell(const archive::Problem &problem)
    {
        // Beside a running engine the file may have gone in order since its row was read.
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
        if (!m_json && m_sinceTold.elapsed() >= kProgressEveryMs) {
            m_sinceTold.restart();
            m_shown = true;
            QTextStream(stderr) << Verbs::tr("\r%1 files checked").arg(progress.files) << Qt::flush;
        }
        return true;
    }

    PosixFiles m_files;
    std::unique_ptr<catalog::FileList> m_list;
    const bool m_json;
    ItemId m_last;
    qint64 m_problems = 0;
    bool m_shown = false;
    QElapsedTimer m_sinceTold;
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
        printLine(
            checking.problems() == 0
                ? Verbs::counted(done->files, Verbs::tr("1 file checked, and it is as it should be"),
                                 Verbs::tr("%1 files checked, all as they should be"))
                : Verbs::tr("%1, %2").arg(
                      Verbs::counted(done->files, Verbs::tr("1 file checked"), Verbs::tr("%1 files checked")),
                      Verbs::counted(checking.problems(), Verbs::tr("1 problem"), Verbs::tr("%1 problems"))));
    return checking.problems() == 0 ? 0 : 1;
}

} // namespace

int runCheckVerb(QCoreApplication &application, const Options &options)
{
    const auto arguments = VerbArguments::parse(
        options.arguments, {},
        {QStringLiteral("--json"), QStringLiteral("--quick"), QStringLiteral("--repair")});
    if (!arguments)
        return printError(arguments.error());
    if (const auto understood = arguments->requireNoWords(); !understood)
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

} // namespace gatehouse::app
