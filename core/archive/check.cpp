#include "archive/check.h"

#include "archive/archive_id.h"
#include "archive/hasher.h"
#include "archive/repair.h"
#include "base/messages.h"

namespace gatehouse::archive
{

namespace
{

constexpr qint64 kHashStep = qint64(1) << 20;

tl::unexpected<Error> stopped()
{
    return fail(ErrorKind::Cancelled, Messages::tr("The check was stopped."), QStringLiteral("check"));
}

class Checker
{
public:
    Checker(FileSystem &files, const Check &check) : m_files(files), m_check(check) {}

    Result<CheckProgress> run()
    {
        if (auto there = readArchiveId(m_files, m_check.root); !there)
            return tl::unexpected(there.error());
        for (;;) {
            const auto portion = m_check.next();
            if (!portion)
                return tl::unexpected(portion.error());
            if (portion->isEmpty())
                break;
            for (const Expected &expected : *portion) {
                if (auto looked = look(expected); !looked)
                    return tl::unexpected(looked.error());
                ++m_progress.files;
                if (!goOn())
                    return stopped();
            }
        }
        if (auto looked = lookForUnknown(); !looked)
            return tl::unexpected(looked.error());
        return m_progress;
    }

private:
    bool goOn() { return !m_check.progress || m_check.progress(m_progress); }

    void report(Problem::Kind kind, const Expected &expected, const QString &text)
    {
        ++m_progress.problems;
        m_check.problem({kind, expected.item, expected.relativePath, text});
    }

    Result<void> look(const Expected &expected)
    {
        const QString path = m_check.root + QLatin1Char('/') + expected.relativePath;
        const auto stat = m_files.stat(path);
        if (!stat || stat->isFolder)
            return missing(expected, stat ? Error{ErrorKind::NotFound, {}, {}} : stat.error());
        if (stat->bytes != expected.bytes) {
            report(Problem::Kind::WrongSize, expected,
                   Messages::tr("%1 bytes instead of %2")
                       .arg(QString::number(stat->bytes), QString::number(expected.bytes)));
            return {};
        }
        if (m_check.quick)
            return {};
        const auto hash = hashFile(m_files, path, [this](qint64 bytes) {
            m_progress.bytes += bytes;
            return goOn();
        });
        if (!hash && hash.error().kind == ErrorKind::Cancelled)
            return tl::unexpected(hash.error());
        if (!hash)
            return missing(expected, hash.error());
        if (*hash != expected.sha256)
            report(
                Problem::Kind::WrongHash, expected,
                Messages::tr("the content has changed since it was received (SHA-256 %1 instead of %2)")
                    .arg(QString::fromLatin1(hash->toHex()), QString::fromLatin1(expected.sha256.toHex())));
        return {};
    }

    // A disk that disappeared meanwhile is one error, not a list of all its files.
    Result<void> missing(const Expected &expected, const Error &error)
    {
        if (auto there = readArchiveId(m_files, m_check.root); !there)
            return tl::unexpected(there.error());
        if (error.kind == ErrorKind::NotFound)
            report(Problem::Kind::Missing, expected, Messages::tr("the file is missing"));
        else
            report(Problem::Kind::Unreadable, expected, error.text);
        return {};
    }

    Result<void> lookForUnknown()
    {
        if (!m_check.known)
            return {};
        OrphanSearch search;
        search.root = m_check.root;
        search.before = m_check.before;
        search.known = m_check.known;
        search.found = [this](const QVector<Orphan> &orphans) {
            for (const Orphan &orphan : orphans)
                report(Problem::Kind::Unknown, {{}, orphan.relativePath, 0, {}},
                       orphan.removedBecause.isEmpty()
                           ? Messages::tr("the file is not in the catalog")
                           : Messages::tr("the file was deleted (%1) but is there again")
                                 .arg(orphan.removedBecause));
            return true;
        };
        search.progress = [this](qint64) { return goOn(); };
        const auto found = findOrphans(m_files, search);
        if (!found && found.error().kind == ErrorKind::Cancelled)
            return stopped();
        if (!found)
            return tl::unexpected(found.error());
        return {};
    }

    FileSystem &m_files;
    const Check &m_check;
    CheckProgress m_progress;
};

} // namespace

Result<CheckProgress> runCheck(FileSystem &files, const Check &check)
{
    return Checker(files, check).run();
}

Result<QByteArray> hashFile(FileSystem &files, const QString &path,
                            const std::function<bool(qint64)> &stepped)
{
    Hasher hasher;
    for (qint64 offset = 0;; offset += kHashStep) {
        const auto bytes = files.read(path, offset, kHashStep);
        if (!bytes)
            return tl::unexpected(bytes.error());
        hasher.add(*bytes);
        if (stepped && !stepped(bytes->size()))
            return stopped();
        if (bytes->size() < kHashStep)
            return hasher.current();
    }
}

} // namespace gatehouse::archive
