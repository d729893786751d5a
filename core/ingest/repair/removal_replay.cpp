#include "ingest/repair/removal_replay.h"

#include "archive/archive_id.h"
#include "archive/journal_reader.h"
#include "base/escaped.h"
#include "catalog/operations/cameras.h"
#include "catalog/operations/item_removal.h"
#include "catalog/operations/review.h"
#include "ingest/receive/new_item.h"

#include <QHash>
#include <QLoggingCategory>
#include <QSet>
#include <QTimeZone>

namespace gatehouse::ingest
{

namespace
{

Q_LOGGING_CATEGORY(lcReplay, "gatehouse.state")

constexpr qsizetype kPortion = 1'000;

class Replay
{
public:
    explicit Replay(RemovalReplay &parts) : m_parts(parts) {}

    Result<qint64> run()
    {
        return removeRows().and_then([this] { return recordOthers(); }).map([this] { return m_learned; });
    }

private:
    // What is kept in memory for a deletion without a row: there may be millions.
    struct Past {
        QString reason; // shared
        qint64 at = 0;
        std::optional<qint64> duration;
    };

    [[nodiscard]] Result<void> read(const std::function<void(const archive::JournalEntry &)> &entry) const
    {
        bool isWhole = true;
        const auto unreadable = [&isWhole](const QString &path, const Error &error) {
            isWhole = false;
            qCWarning(lcReplay).noquote() << escaped(path) << error.text;
        };
        const auto done = archive::readJournal(m_parts.files, m_parts.archive.root(), 0, entry,
                                               {{}, m_parts.mayGoOn, unreadable});
        if (!done && done.error().kind != ErrorKind::NotFound)
            return done;
        return isWhole ? Result<void>() : isThere();
    }

    // Fails if the disk is missing, because then every file is.
    [[nodiscard]] Result<void> isThere() const
    {
        return archive::readArchiveId(m_parts.files, m_parts.archive.root())
            .map([](const archive::ArchiveId &) {});
    }

    [[nodiscard]] bool isGone(const QString &relativePath) const
    {
        const auto stat = m_parts.files.stat(m_parts.archive.root() + QLatin1Char('/') + relativePath);
        return !stat && stat.error().kind == ErrorKind::NotFound;
    }

    Result<void> removeRows()
    {
        QVector<archive::JournalRemove> portion;
        Result<void> removed;
        const auto flush = [&] {
            if (removed)
                removed = removeRows(portion);
            portion.clear();
        };
        const auto looked = read([&](const archive::JournalEntry &entry) {
            const auto *removal = std::get_if<archive::JournalRemove>(&entry);
            if (!removal)
                return;
            portion.append(*removal);
            if (portion.size() >= kPortion)
                flush();
        });
        flush();
        return looked ? removed : looked;
    }

    Result<void> removeRows(const QVector<archive::JournalRemove> &removals)
    {
        QVector<ItemId> items;
        for (const archive::JournalRemove &removal : removals)
            items.append(removal.item);
        const auto paths = m_parts.list.pathsOf(items);
        if (!paths)
            return tl::unexpected(paths.error());
        QHash<QString, QVector<ItemId>> byReason;
        for (const archive::JournalRemove &removal : removals) {
            if (!paths->contains(removal.relativePath))
                note(removal);
            else if (isGone(removal.relativePath))
                byReason[removal.reason].append(removal.item);
        }
        if (const auto there = isThere(); !there)
            return there;
        for (auto it = byReason.cbegin(); it != byReason.cend(); ++it) {
            // It was unprotected before it was deleted.
            for (const ItemId item : *it)
                m_parts.writer.submit(catalog::SetProtected{item, false});
            const auto removed = m_parts.writer.submit(catalog::RemoveItems{*it, it.key()}).result();
            if (!removed)
                return tl::unexpected(removed.error());
            m_learned += removed->size();
        }
        return {};
    }

    Result<void> recordOthers()
    {
        QVector<catalog::PastDeletion> portion;
        Result<void> recorded;
        const auto flush = [&] {
            if (portion.isEmpty() || !recorded)
                return;
            const auto done =
                m_parts.writer.submit(catalog::RecordDeletions{std::exchange(portion, {})}).result();
            if (done)
                m_learned += *done;
            else
                recorded = tl::unexpected(done.error());
        };
        const auto looked = read([&](const archive::JournalEntry &entry) {
            const auto *add = std::get_if<archive::JournalAdd>(&entry);
            const auto removal = add ? m_removals.constFind(add->placement.item) : m_removals.cend();
            if (removal == m_removals.cend() || !isGone(add->relativePath))
                return;
            if (const auto account = accountOf(add->placement.account))
                portion.append({itemOf(*add, *account), removal->reason, removal->at, removal->duration});
            if (portion.size() >= kPortion)
                flush();
        });
        flush();
        return looked ? recorded : looked;
    }

    // A repair that completes a deletion records it once more, without its length.
    void note(const archive::JournalRemove &removal)
    {
        Past &past = m_removals[removal.item];
        past = {*m_reasons.insert(removal.reason), removal.at,
                removal.duration ? removal.duration : past.duration};
    }

    std::optional<AccountId> accountOf(const QString &user)
    {
        if (!m_accounts.contains(user)) {
            const auto account = m_parts.writer.submit(catalog::FindAccount{user}).result();
            m_accounts.insert(user, account ? std::optional(account->id) : std::nullopt);
        }
        return m_accounts.value(user);
    }

    [[nodiscard]] catalog::NewItem itemOf(const archive::JournalAdd &add, AccountId account) const
    {
        const QString &source = add.placement.sourcePath;
        const vendors::PathMetadata metadata = m_parts.matcher.match(source, add.placement.reference());
        catalog::NewItem item =
            toNewItem(metadata, source, add.placement.reference(), QTimeZone::systemTimeZone());
        item.id = add.placement.item;
        item.account = account;
        item.cameraKey = metadata.cameraKey;
        item.cameraName = metadata.cameraName;
        item.relativePath = add.relativePath;
        item.bytes = add.bytes;
        item.sha256 = add.sha256;
        item.live = !add.placement.peer.isEmpty();
        return item;
    }

    RemovalReplay &m_parts;
    QHash<ItemId, Past> m_removals;
    QSet<QString> m_reasons;
    QHash<QString, std::optional<AccountId>> m_accounts;
    qint64 m_learned = 0;
};

} // namespace

Result<qint64> RemovalReplay::run()
{
    return Replay(*this).run();
}

} // namespace gatehouse::ingest
