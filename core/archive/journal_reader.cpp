#include "archive/journal_reader.h"

#include "archive/layout.h"
#include "base/iso_time.h"

namespace gatehouse::archive
{

namespace
{

constexpr qint64 step = qint64(1) << 20;
constexpr qsizetype longestLine = 64 << 10; // far above what is written; more is no line of ours

Result<void> readOne(Files &files, const QString &path,
                     const std::function<void(const JournalEntry &)> &entry)
{
    QByteArray rest;
    for (qint64 offset = 0;; offset += step) {
        const auto read = files.read(path, offset, step);
        if (!read)
            return tl::unexpected(read.error());
        rest += *read;
        qsizetype begin = 0;
        for (qsizetype end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', begin)) {
            if (const auto found = fromLine(rest.mid(begin, end - begin)))
                entry(*found);
            begin = end + 1;
        }
        rest.remove(0, begin);
        if (rest.size() > longestLine)
            rest.truncate(longestLine);
        // What is left without a line feed was torn: nothing of it was ever acknowledged.
        if (read->size() < step)
            return {};
    }
}

} // namespace

Result<void> readJournal(Files &files, const QString &root, qint64 since,
                         const std::function<void(const JournalEntry &)> &entry)
{
    const QString folder = root + QLatin1Char('/') + journalName;
    auto names = files.list(folder);
    if (!names)
        return tl::unexpected(names.error());
    names->sort();
    const QString first = since > 0 ? toIsoUtc(since).left(7) : QString();
    for (const QString &name : *names) {
        if (!name.endsWith(QLatin1String(".jsonl")) || name.left(7) < first)
            continue;
        if (auto read = readOne(files, folder + QLatin1Char('/') + name, entry); !read)
            return read;
    }
    return {};
}

} // namespace gatehouse::archive
