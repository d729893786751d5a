#include "ingest/copies/idle_copies.h"

#include "base/when_done.h"

#include <algorithm>
#include <limits>

namespace gatehouse::ingest
{

namespace
{

constexpr int kIdleLookMs = 10'000;
constexpr qsizetype kMaxRanges = 1'000; // then everything is searched again
constexpr ItemId kNewest{std::numeric_limits<qint64>::max()};

using catalog::DerivativeKind;

} // namespace

IdleCopies::IdleCopies(CopyMaker &maker, CopyLimit &limit, catalog::ReaderPool &readers,
                       catalog::Changes &changes, Machine &machine, std::function<int()> examining,
                       QObject *parent)
    : QObject(parent), m_maker(maker), m_limit(limit), m_readers(readers), m_machine(machine),
      m_examining(std::move(examining))
{
    searchAll();
    connect(&changes, &catalog::Changes::itemsChanged, this, &IdleCopies::add);
    connect(&changes, &catalog::Changes::reset, this, &IdleCopies::searchAll);
    connect(&m_maker, &CopyMaker::finished, this, &IdleCopies::look, Qt::QueuedConnection);
    m_timer.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &IdleCopies::look);
}

void IdleCopies::setEnabled(bool on)
{
    m_isEnabled = on;
    on ? m_timer.start(kIdleLookMs) : m_timer.stop();
}

void IdleCopies::searchAll()
{
    m_ranges = {{ItemId{0}, kNewest}};
}

// Examined: can be copied from now on.
void IdleCopies::add(const QVector<catalog::ItemChange> &changes)
{
    for (const catalog::ItemChange &change : changes) {
        if (change.kind == Kind::Clip && change.state != ItemState::Unexamined)
            m_ranges.append({ItemId{change.item.value - 1}, ItemId{change.item.value + 1}});
    }
    if (m_ranges.size() > kMaxRanges)
        searchAll();
}

bool IdleCopies::isTime()
{
    const bool isBusy = m_machine.isBusy();
    return m_isEnabled && !isBusy && !m_machine.isOnBattery() && m_examining() == 0 &&
           m_maker.waiting() == 0 && m_limit.hasRoom();
}

void IdleCopies::look()
{
    if (m_isSearching || m_ranges.isEmpty() || !isTime())
        return;
    m_isSearching = true;
    const auto asked = m_readers.ask([range = m_ranges.last(), isFull = m_limit.isNearlyFull()](
                                         catalog::Reader &reader) { return find(reader, range, isFull); });
    whenDone(asked, this, [this](const Result<std::optional<Next>> &next) {
        m_isSearching = false;
        takeNext(next);
    });
}

Result<std::optional<IdleCopies::Next>> IdleCopies::find(catalog::Reader &reader, Range range,
                                                         bool isNearlyFull)
{
    if (isNearlyFull) {
        // An older one would be the first to go.
        const auto oldest = reader.copies(1);
        if (!oldest)
            return tl::unexpected(oldest.error());
        if (!oldest->isEmpty())
            range.after = std::max(range.after, oldest->first().item);
    }
    std::optional<Next> out;
    for (const DerivativeKind kind : {DerivativeKind::Preview, DerivativeKind::LowRes}) {
        auto found = reader.newestClipWithout(kind, range.after, range.before);
        if (!found)
            return tl::unexpected(found.error());
        if (*found && (!out || (*found)->id > out->item.id))
            out = Next{std::move(**found), kind};
    }
    return out;
}

void IdleCopies::takeNext(const Result<std::optional<Next>> &next)
{
    if (!next || m_ranges.isEmpty())
        return;
    if (!*next) {
        m_ranges.removeLast();
        look();
        return;
    }
    const Next &found = **next;
    // A clip that can't be read now is tried at the next start.
    whenDone(m_maker.make(found.item.id, found.kind, media::Urgency::Idle), this,
             [this, id = found.item.id](const Result<catalog::Derivative> &made) {
                 if (!made && made.error().kind == ErrorKind::Unavailable)
                     leaveOut(id);
             });
}

void IdleCopies::leaveOut(ItemId item)
{
    for (Range &range : m_ranges) {
        if (range.after < item && item < range.before)
            range.before = item;
    }
}

} // namespace gatehouse::ingest
