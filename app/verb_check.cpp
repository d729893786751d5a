// gatehouse check: every file against its row and its hash. Works beside a running engine.
#include "app/engine_lock.h"
#include "app/verb_arguments.h"
#include "app/verb_support.h"
#include "app/verb_text.h"
#include "app/verbs.h"
#include "archive/check.h"
#include "archive/layout.h"
#include "base/clock.h"
#include "base/posix_files.h"
#include "catalog/file_list.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QElapsedTimer>
#include <QFile>
#include <QTextStream>

namespace gatehouse::app
{

namespace
{

constexpr int kPortion = 1'000;
constexpr qint64 kSettledMs = 120'000; // younger files may be on their way into the catalog
constexpr int kTellEveryMs = 500;

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
        if (!m_json && m_sinceTold.elapsed() >= kTellEveryMs) {
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

QString number(const QJsonObject &done, const char *name)
{
    return QString::number(done.value(QLatin1String(name)).toInteger());
}

// A damaged catalog is put aside, so that a new one can be made from the archive and its journal.
Result<void> putDamagedAside(const settings::Paths &paths)
{
    EngineLock lock(paths);
    if (const auto taken = lock.take(); !taken)
        return taken.error().kind == ErrorKind::Unavailable ? Result<void>()
                                                            : taken; // an engine works with it
    const auto sound = openCatalog(paths)
                           .and_then([&](const auto &) { return catalog::FileList::open(paths.catalog()); })
                           .and_then([](const auto &list) { return list->verify(); });
    if (sound || sound.error().kind != ErrorKind::Corrupt)
        return {};
    const QString aside = QStringLiteral(".damaged-") +
                          QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss"));
    for (const char *ending : {"-shm", "-wal", ""}) {
        const QString file = paths.catalog() + QLatin1String(ending);
        if (QFile::exists(file) && !QFile::rename(file, file + aside))
            return fail(ErrorKind::Denied, Verbs::tr("%1 cannot be renamed").arg(file));
    }
    QTextStream(stderr)
        << Verbs::tr("The catalog is damaged. It is kept as %1; a new one is made from the archive. "
                     "Cameras need new passwords, and their names and zones are to be set again.")
               .arg(paths.catalog() + aside)
        << '\n';
    return {};
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
    if (arguments->has("--repair")) {
        if (const auto aside = putDamagedAside(paths); !aside)
            return printError(aside.error());
        const int mended =
            runCommand(application, paths, QStringLiteral("archive.mend"), {}, [&](const QJsonObject &done) {
                if (arguments->json())
                    printJson(done);
                else
                    printLine(Verbs::tr("%1 files looked at, %2 rows made, %3 removals finished, %4 failed")
                                  .arg(number(done, "looked"), number(done, "added"), number(done, "removed"),
                                       number(done, "failed")));
            });
        if (mended != 0)
            return mended;
    }
    return check(paths, arguments->has("--quick"), arguments->json());
}

} // namespace gatehouse::app
