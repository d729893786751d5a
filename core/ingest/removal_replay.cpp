#include "ingest/removal_replay.h"

#include "archive/journal_reader.h"
#include "ingest/describe.h"

#include <QHash>
#include <QTimeZone>

namespace gatehouse::ingest
{

namespace
{

constexpr qsizetype kPortion = 1'000;

class Replay
{
public:
    explicit Replay(RemovalReplay &parts) : m_parts(parts) {}

    Result<qint64> run()
    {
        return readRemovals()
            .and_then([this] { return removeRows(); })
            .and_then([this] { return recordOthers(); })
            .map([this] { return m_learned; });
    }

private:
    [[nodiscard]] Result<void> read(const std::function<void(const archive::JournalEntry &)> &entry) const
    {
        const auto done = archive::readJournal(m_parts.files, m_parts.archive.root(), 0, entry);
        return done || done.error().kind == ErrorKind::NotFound ? Result<void>() : done;
    }

    Result<void> readRemovals()
    {
        return read([this](const archive::JournalEntry &entry) {
            if (const auto *removal = std::get_if<archive::JournalRemove>(&entry))
                m_removals.insert(removal->item, *removal);
        });
    }

    [[nodiscard]] bool isGone(const archive::JournalRemove &removal) const
    {
        const auto stat =
            m_parts.files.stat(m_parts.archive.root() + QLatin1Char('/') + removal.relativePath);
        return !stat && stat.error().kind == ErrorKind::NotFound;
    }

    Result<void> removeRows()
    {
        QVector<ItemId> portion;
        const QList<ItemId> items = m_removals.keys();
        for (const ItemId item : items) {
            portion.append(item);
            if (portion.size() < kPortion && item != items.last())
                continue;
            if (auto removed = removeRows(portion); !removed)
                return removed;
            portion.clear();
        }
        return {};
    }

    Result<void> removeRows(const QVector<ItemId> &items)
    {
        const auto paths = m_parts.list.pathsOf(items);
        if (!paths)
            return tl::unexpected(paths.error());
        QHash<QString, QVector<ItemId>> byReason;
        for (const ItemId item : items) {
            const archive::JournalRemove removal = m_removals.value(item);
            if (!paths->contains(removal.relativePath))
                continue;
            m_removals.remove(item); // its row tells of it, whether it goes or stays
            if (isGone(removal))
                byReason[removal.reason].append(item);
        }
        for (auto it = byReason.cbegin(); it != byReason.cend(); ++it) {
            // Whoever removed it had taken the protection back first.
            for (const ItemId item : *it)
                m_parts.writer.setProtected(item, false);
            const auto removed = m_parts.writer.removeItems({*it, it.key()}).result();
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
            const auto done = m_parts.writer.recordDeletions(std::exchange(portion, {})).result();
            if (done)
                m_learned += *done;
            else
                recorded = tl::unexpected(done.error());
        };
        const auto looked = read([&](const archive::JournalEntry &entry) {
            const auto *add = std::get_if<archive::JournalAdd>(&entry);
            const auto removal = add ? m_removals.constFind(add->placement.item) : m_removals.cend();
            if (removal == m_removals.cend() || !isGone(*removal))
                return;
            if (const auto account = accountOf(add->placement.account))
                portion.append({itemOf(*add, *account), removal->reason, removal->at});
            if (portion.size() >= kPortion)
                flush();
        });
        flush();
        return looked ? recorded : looked;
    }

    std::optional<AccountId> accountOf(const QString &user)
    {
        if (!m_accounts.contains(user)) {
            const auto account = m_parts.writer.account(user).result();
            m_accounts.insert(user, account ? std::optional(account->id) : std::nullopt);
        }
        return m_accounts.value(user);
    }

    [[nodiscard]] catalog::NewItem itemOf(const archive::JournalAdd &add, AccountId account) const
    {
        const QString &source = add.placement.sourcePath;
        const vendors::Meaning meaning = m_parts.matcher.match(source);
        catalog::NewItem item =
            describe(meaning, source, add.placement.received, QTimeZone::systemTimeZone());
        item.id = add.placement.item;
        item.account = account;
        item.cameraKey = meaning.cameraKey;
        item.cameraName = meaning.cameraName;
        item.relativePath = add.relativePath;
        item.bytes = add.bytes;
        item.sha256 = add.sha256;
        item.live = !add.placement.peer.isEmpty();
        return item;
    }

    RemovalReplay &m_parts;
    QHash<ItemId, archive::JournalRemove> m_removals;
    QHash<QString, std::optional<AccountId>> m_accounts;
    qint64 m_learned = 0;
};

} // namespace

Result<qint64> RemovalReplay::run()
{
    return Replay(*this).run();
}

} // namespace gatehouse::ingest
