#include "archive/journal_reader.h"

#include "archive/layout.h"
#include "base/iso_time.h"
#include "base/messages.h"

#include <shared_mutex>

namespace gatehouse::archive
{

namespace
{

constexpr qint64 kReadStep = qint64(1) << 20;
constexpr qsizetype kMaxLineLength = 64 << 10; // far above what we write; anything longer is not our line

// One for all archives: readers know only a path, and read rarely.
std::shared_mutex &reading()
{
    static std::shared_mutex mutex;
    return mutex;
}

} // namespace

Result<void> readJournalPieces(FileSystem &files, const QString &path,
                               const std::function<bool(const QByteArray &, JournalPiece)> &piece)
{
    QByteArray rest;
    bool isTooLong = false; // so far
    bool goesOn = true;
    for (qint64 offset = 0; goesOn; offset += kReadStep) {
        const auto read = files.read(path, offset, kReadStep);
        if (!read)
            return tl::unexpected(read.error());
        rest += *read;
        qsizetype begin = 0;
        for (qsizetype end = rest.indexOf('\n'); end >= 0 && goesOn; end = rest.indexOf('\n', begin)) {
            const bool isOther = std::exchange(isTooLong, false) || end - begin > kMaxLineLength;
            goesOn =
                piece(rest.mid(begin, end + 1 - begin), isOther ? JournalPiece::Other : JournalPiece::Line);
            begin = end + 1;
        }
        rest.remove(0, begin);
        const bool isEnd = read->size() < kReadStep;
        if (goesOn && !rest.isEmpty() && (isEnd || rest.size() > kMaxLineLength)) {
            goesOn = piece(std::exchange(rest, {}), JournalPiece::Other);
            isTooLong = true;
        }
        goesOn = goesOn && piece({}, JournalPiece::Other);
        if (isEnd && goesOn)
            return {};
    }
    return fail(ErrorKind::Cancelled, Messages::tr("The scan was stopped."), path);
}

Result<void> readJournal(FileSystem &files, const QString &root, qint64 since,
                         const std::function<void(const JournalEntry &)> &entry, const JournalFilter &filter)
{
    const std::shared_lock lock(reading());
    const QString folder = root + QLatin1Char('/') + kJournalName;
    const auto isPassedOver = [&filter](const QString &path, const Error &error) {
        if (!filter.unreadable || error.kind == ErrorKind::Cancelled)
            return false;
        filter.unreadable(path, error);
        return true;
    };
    auto names = files.list(folder);
    if (!names && names.error().kind != ErrorKind::NotFound && isPassedOver(folder, names.error()))
        return {};
    if (!names)
        return tl::unexpected(names.error());
    names->sort();
    const QString first = since > 0 ? toIsoUtc(since).left(7) : QString();
    for (const QString &name : *names) {
        if (!name.endsWith(QLatin1String(".jsonl")) || name.left(7) < first)
            continue;
        const QString path = folder + QLatin1Char('/') + name;
        const auto read = readJournalPieces(files, path, [&](const QByteArray &piece, JournalPiece kind) {
            if (piece.isEmpty())
                return !filter.mayGoOn || filter.mayGoOn();
            // Text without a final line feed was torn: none of it was ever acknowledged.
            if (kind == JournalPiece::Other || (filter.isWanted && !filter.isWanted(itemInLine(piece))))
                return true;
            if (const auto found = fromLine(piece))
                entry(*found);
            return true;
        });
        if (!read && !isPassedOver(path, read.error()))
            return read;
    }
    return {};
}

Result<void> whileNobodyReadsTheJournal(const std::function<Result<void>()> &work)
{
    const std::unique_lock lock(reading(), std::try_to_lock);
    if (!lock)
        return fail(ErrorKind::Unavailable, Messages::tr("The journal is being read."),
                    QStringLiteral("journal"));
    return work();
}

} // namespace gatehouse::archive
