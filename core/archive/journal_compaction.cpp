#include "archive/journal_compaction.h"

#include "archive/journal_reader.h"
#include "archive/layout.h"
#include "base/iso_time.h"
#include "base/messages.h"

#include <QRegularExpression>
#include <algorithm>
#include <optional>

namespace gatehouse::archive
{

namespace
{

constexpr qsizetype kWrittenAtOnce = qsizetype(1) << 20;
constexpr qint64 kSyncedAtOnce = qint64(4) << 20; // so that no upload's sync waits for more

class Compaction
{
public:
    explicit Compaction(JournalCompaction &parts)
        : m_parts(parts), m_files(parts.files), m_folder(parts.root + QLatin1Char('/') + kJournalName)
    {
    }

    Result<Compacted> run()
    {
        return listFiles().and_then([this] { return forgetInTurns(); }).map([this] { return m_done; });
    }

private:
    [[nodiscard]] QString beside() const { return m_folder + QStringLiteral("/compacted.new"); }

    Result<void> listFiles()
    {
        static const QRegularExpression shape(QStringLiteral("^\\d{4}-\\d\\d-\\d+\\.jsonl$"));
        static_cast<void>(m_files.remove(beside())); // left by a crash
        auto names = m_files.list(m_folder);
        if (!names)
            return tl::unexpected(names.error());
        names->sort();
        const QString end = toIsoUtc(m_parts.before).left(7);
        for (const QString &name : *names) {
            if (shape.match(name).hasMatch() && name.left(7) < end)
                m_paths.append(m_folder + QLatin1Char('/') + name);
        }
        return {};
    }

    // A deleted file's lines are dropped before the line of its deletion: after a crash in between, the next
    // run finishes the job.
    Result<void> forgetInTurns()
    {
        for (qsizetype from = 0; from < m_paths.size();) {
            const auto last = collect(from);
            if (!last)
                return tl::unexpected(last.error());
            for (qsizetype i = 0; i <= *last && !m_removed.empty(); ++i) {
                if (auto done = compact(i); !done)
                    return done;
            }
            // A file too long to be read to its end has no more deletions of this round.
            from = m_isFull ? *last : *last + 1;
        }
        return {};
    }

    // Collects items deleted long ago, starting at that file. Returns the index of the last file read.
    Result<qsizetype> collect(qsizetype from)
    {
        m_removed.clear();
        m_isFull = false;
        for (qsizetype i = from; i < m_paths.size(); ++i) {
            if (m_paths[i].isEmpty())
                continue;
            const auto read =
                readJournalPieces(m_files, m_paths[i], [this](const QByteArray &piece, JournalPiece kind) {
                    if (piece.isEmpty())
                        return m_parts.mayGoOn();
                    const auto entry = kind == JournalPiece::Line ? fromLine(piece) : noEntry();
                    const auto *removal = entry ? std::get_if<JournalRemove>(&*entry) : nullptr;
                    if (removal && isLongAgo(*removal) && isGone(removal->relativePath))
                        m_removed.push_back(removal->item.value);
                    m_isFull = std::ssize(m_removed) >= m_parts.atOnce;
                    return !m_isFull;
                });
            if (!read && !m_isFull)
                return tl::unexpected(read.error());
            from = i;
            if (m_isFull)
                break;
        }
        std::sort(m_removed.begin(), m_removed.end());
        return from;
    }

    static Result<JournalEntry> noEntry() { return fail(ErrorKind::Invalid, {}); }

    // A PC without a clock battery may boot in an earlier year: no deletion counts before its time has come.
    [[nodiscard]] bool isLongAgo(const JournalRemove &removal) const
    {
        return removal.at > 0 && std::max(removal.at, arrivalOf(removal.item)) < m_parts.before;
    }

    [[nodiscard]] bool isGone(const QString &relativePath) const
    {
        const auto stat = m_files.stat(m_parts.root + QLatin1Char('/') + relativePath);
        return !stat && stat.error().kind == ErrorKind::NotFound;
    }

    [[nodiscard]] bool isForgotten(ItemId item) const
    {
        return std::binary_search(m_removed.begin(), m_removed.end(), item.value);
    }

    [[nodiscard]] bool goes(const QByteArray &line, JournalPiece kind) const
    {
        if (kind != JournalPiece::Line)
            return false;
        const auto entry = fromLine(line);
        if (!entry)
            return false;
        if (const auto *add = std::get_if<JournalAdd>(&*entry))
            return isForgotten(add->placement.item) && isGone(add->relativePath);
        if (const auto *removal = std::get_if<JournalRemove>(&*entry))
            return isForgotten(removal->item) && isLongAgo(*removal);
        return isForgotten(std::get<JournalRename>(*entry).item);
    }

    Result<void> compact(qsizetype index)
    {
        const QString path = m_paths[index];
        if (path.isEmpty())
            return {};
        bool hasAny = false;
        const auto looked = readJournalPieces(m_files, path, [&](const QByteArray &piece, JournalPiece kind) {
            if (piece.isEmpty())
                return m_parts.mayGoOn();
            hasAny = goes(piece, kind);
            return !hasAny;
        });
        if (!looked && !hasAny)
            return looked;
        if (!hasAny)
            return {};
        qint64 before = 0;
        qint64 after = 0;
        const auto replaced =
            writeBeside(path, before, after).and_then([&] { return replace(path, before, after == 0); });
        if (!replaced) {
            static_cast<void>(m_files.remove(beside())); // frees space on a full disk
            return replaced;
        }
        if (after == 0)
            m_paths[index].clear();
        ++m_done.files;
        m_done.bytes += before - after;
        return {};
    }

    Result<void> writeBeside(const QString &path, qint64 &before, qint64 &after)
    {
        static_cast<void>(m_files.remove(beside()));
        const auto fd = m_files.create(beside());
        if (!fd)
            return tl::unexpected(fd.error());
        QByteArray pending;
        qint64 unsynced = 0;
        Result<void> written;
        const auto flush = [&](bool toTheDisk) {
            unsynced += pending.size();
            written = m_files.write(*fd, pending);
            pending.clear();
            if (written && (toTheDisk || unsynced >= kSyncedAtOnce)) {
                written = m_files.sync(*fd);
                unsynced = 0;
            }
            return written.has_value();
        };
        const auto read = readJournalPieces(m_files, path, [&](const QByteArray &piece, JournalPiece kind) {
            if (piece.isEmpty())
                return m_parts.mayGoOn();
            before += piece.size();
            if (goes(piece, kind)) {
                ++m_done.lines;
                return true;
            }
            after += piece.size();
            pending += piece;
            return pending.size() < kWrittenAtOnce || flush(false);
        });
        if (written && read)
            flush(true);
        m_files.close(*fd);
        return written ? read : written;
    }

    // `read`: how many of its bytes were read.
    Result<void> replace(const QString &path, qint64 read, bool isEmpty)
    {
        if (!m_parts.mayGoOn())
            return fail(ErrorKind::Cancelled, path, QStringLiteral("journal"));
        return whileNobodyReadsTheJournal([&]() -> Result<void> {
            const std::scoped_lock lock(m_parts.inUse.mutex);
            const auto now = m_files.stat(path);
            if (!now)
                return tl::unexpected(now.error());
            // Longer if the clock went back, lines were added, and it went forward again.
            if (m_parts.inUse.paths.contains(path) || now->bytes != read)
                return fail(ErrorKind::Unavailable, Messages::tr("%1 is being written.").arg(path),
                            QStringLiteral("journal"));
            const auto done = isEmpty
                                  ? m_files.remove(path).and_then([&] { return m_files.remove(beside()); })
                                  : m_files.replace(beside(), path);
            return done.and_then([&] { return m_files.syncFolder(m_folder); });
        });
    }

    JournalCompaction &m_parts;
    FileSystem &m_files;
    const QString m_folder;
    QStringList m_paths;           // of months that are long over, oldest first; empty: deleted
    std::vector<qint64> m_removed; // items, sorted
    bool m_isFull = false;         // there are more
    Compacted m_done;
};

} // namespace

Result<Compacted> JournalCompaction::run()
{
    return Compaction(*this).run();
}

} // namespace gatehouse::archive
