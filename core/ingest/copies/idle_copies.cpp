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
    searchAll();
    on ? m_timer.start(kIdleLookMs) : m_timer.stop();
}

void IdleCopies::searchAll()
{
    m_ranges = {{ItemId{0}, kNewest}};
    m_postponed.reset();
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
    if (m_postponed && !m_limit.isNearlyFull())
        m_ranges.prepend(*std::exchange(m_postponed, std::nullopt));
    if (m_isSearching || m_ranges.isEmpty() || !isTime())
        return;
    m_isSearching = true;
    const Range range = m_ranges.takeLast(); // others may be added meanwhile
    const auto asked = m_readers.ask([range, isFull = m_limit.isNearlyFull()](catalog::Reader &reader) {
        return find(reader, range, isFull);
    });
    whenDone(asked, this, [this, range, position = m_ranges.size()](const Result<Finding> &finding) {
        m_isSearching = false;
        take(finding, range, position);
    });
}

Result<IdleCopies::Finding> IdleCopies::find(catalog::Reader &reader, Range range, bool isNearlyFull)
{
    Finding out;
    if (isNearlyFull) {
        const auto oldest = reader.copies(1);
        if (!oldest)
            return tl::unexpected(oldest.error());
        if (!oldest->isEmpty() && oldest->first().item > range.after) {
            const ItemId first = oldest->first().item;
            out.left = Range{range.after, std::min(range.before, ItemId{first.value + 1})};
            range.after = first;
        }
    }
    for (const DerivativeKind kind : {DerivativeKind::Preview, DerivativeKind::LowRes}) {
        auto found = reader.newestClipWithout(kind, range.after, range.before);
        if (!found)
            return tl::unexpected(found.error());
        if (*found && (!out.next || (*found)->id > out.next->item.id))
            out.next = Next{std::move(**found), kind};
    }
    return out;
}

void IdleCopies::take(const Result<Finding> &finding, Range searched, qsizetype position)
{
    if (finding && !finding->next) {
        if (finding->left)
            postpone(*finding->left);
        look();
        return;
    }
    // There may be more in it. What has been added meanwhile is newer, and follows.
    m_ranges.insert(std::min(position, m_ranges.size()), searched);
    if (finding)
        make(*finding->next);
}

void IdleCopies::make(const Next &next)
{
    // A clip that can't be read now, or finds no room, waits for the next search of all.
    whenDone(m_maker.make(next.item.id, next.kind, media::Urgency::Idle), this,
             [this, id = next.item.id](const Result<catalog::Derivative> &made) {
                 if (!made && made.error().kind != ErrorKind::Corrupt)
                     leaveOut(id);
             });
}

void IdleCopies::postpone(Range range)
{
    if (m_postponed)
        range = {std::min(m_postponed->after, range.after), std::max(m_postponed->before, range.before)};
    m_postponed = range;
}

void IdleCopies::leaveOut(ItemId item)
{
    for (Range &range : m_ranges) {
        if (range.after < item && item < range.before)
            range.before = item;
    }
}

} // namespace gatehouse::ingest
