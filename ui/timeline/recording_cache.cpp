#include "timeline/recording_cache.h"

#include "base/limits.h"
#include "base/when_done.h"
#include "models/time_text.h"

#include <QDateTime>

namespace gatehouse::timeline
{

namespace
{

constexpr qint64 kHourBlockMs = 10 * kChunkMs;
constexpr qint64 kDayBlockDays = 64;
constexpr int kMaxPendingReads = 4;
constexpr qint64 kMaxKeptItems = 600'000; // about 40 MB
constexpr qsizetype kMaxCacheEntries = 4'000;
constexpr qint64 kMaxTouched = 40; // entries that one change may touch individually

qint64 floorDiv(qint64 a, qint64 b)
{
    return a >= 0 ? a / b : -((-a + b - 1) / b);
}

QSet<ItemId> idsOf(const QVector<catalog::ItemChange> &items)
{
    QSet<ItemId> out;
    for (const catalog::ItemChange &item : items)
        out.insert(item.item);
    return out;
}

} // namespace

Detail detailFor(double spanMs)
{
    constexpr double day = kChunkMs;
    return spanMs <= 3.1 * day ? Detail::Items : spanMs <= 62 * day ? Detail::Hours : Detail::Days;
}

RecordingCache::RecordingCache(const models::Services &services, QObject *parent)
    : QObject(parent), m_reader(services.reader)
{
    using catalog::Changes;
    connect(&services.changes, &Changes::itemsAdded, this, &RecordingCache::changed);
    connect(&services.changes, &Changes::itemsChanged, this, &RecordingCache::changed);
    connect(&services.changes, &Changes::itemsRemoved, this, &RecordingCache::changed);
    connect(&services.changes, &Changes::camerasChanged, this, &RecordingCache::loadCameras);
    connect(&services.changes, &Changes::reset, this, [this] {
        clear();
        loadCameras();
    });
    loadCameras();
}

void RecordingCache::setZone(const QTimeZone &zone)
{
    m_zone = zone;
    clear();
}

void RecordingCache::clear()
{
    m_entries.clear();
    m_queue.clear();
    m_needed.clear();
    m_keptItems = 0;
    m_underWay = 0;
    ++m_generation;
    plan();
}

void RecordingCache::loadCameras()
{
    if (m_camerasRequested) {
        m_camerasStale = true;
        return;
    }
    m_camerasRequested = true;
    whenDone(m_reader.ask([](catalog::Reader &reader) { return reader.cameras(); }), this,
             [this](const Result<QVector<catalog::Camera>> &cameras) {
                 m_camerasRequested = false;
                 if (std::exchange(m_camerasStale, false))
                     loadCameras();
                 if (cameras)
                     takeCameras(*cameras);
             });
}

void RecordingCache::takeCameras(const QVector<catalog::Camera> &cameras)
{
    QVector<CameraName> names;
    for (const catalog::Camera &camera : cameras)
        names.append({camera.id, camera.name});
    if (names == m_cameras)
        return;
    m_cameras = names;
    plan();
    Q_EMIT camerasChanged();
}

void RecordingCache::setVisibleRange(TimeRange view, TimeRange day)
{
    if (view == m_view && day == m_day)
        return;
    m_view = view;
    m_day = day;
    plan();
}

void RecordingCache::setVisibleDays(QDate first, QDate last)
{
    m_firstDay = first;
    m_lastDay = last;
    plan();
}

qint64 RecordingCache::dayBlock(QDate day) const
{
    return floorDiv(day.toJulianDay(), kDayBlockDays);
}

// Queues everything needed that is neither loaded nor requested, most urgent first.
void RecordingCache::plan()
{
    if (m_view.isEmpty())
        return;
    QVector<Key> needed;
    const auto items = [&](qint64 first, qint64 last) {
        for (qint64 day = first; day <= last; ++day) {
            for (const CameraName &one : std::as_const(m_cameras))
                needed.append({Detail::Items, one.camera, day});
        }
    };
    const auto blocks = [&](Detail detail, qint64 first, qint64 last) {
        for (qint64 index = first; index <= last; ++index)
            needed.append({detail, {}, index});
    };
    const Detail detail = detailFor(double(m_view.length()));
    const qint64 first = floorDiv(m_view.start, kChunkMs);
    const qint64 last = floorDiv(m_view.end, kChunkMs);
    const qint64 firstBlock = floorDiv(m_view.start, kHourBlockMs);
    const qint64 lastBlock = floorDiv(m_view.end, kHourBlockMs);
    const qint64 firstDays = dayBlock(models::localTime(m_view.start, m_zone).date());
    const qint64 lastDays = dayBlock(models::localTime(m_view.end, m_zone).date());
    if (detail == Detail::Items)
        items(first, last);
    if (detail != Detail::Days)
        blocks(Detail::Hours, firstBlock, lastBlock);
    blocks(Detail::Days, firstDays, lastDays);
    items(floorDiv(m_day.start, kChunkMs), floorDiv(m_day.end - 1, kChunkMs));
    if (m_firstDay.isValid())
        blocks(Detail::Days, dayBlock(m_firstDay), dayBlock(m_lastDay));
    if (detail == Detail::Items) {
        items(last + 1, last + 1);
        items(first - 1, first - 1);
    } else if (detail == Detail::Hours) {
        blocks(Detail::Hours, firstBlock - 1, firstBlock - 1);
        blocks(Detail::Hours, lastBlock + 1, lastBlock + 1);
    } else {
        blocks(Detail::Days, firstDays - 1, firstDays - 1);
        blocks(Detail::Days, lastDays + 1, lastDays + 1);
    }

    m_queue.clear();
    m_needed.clear();
    ++m_use;
    for (const Key &key : std::as_const(needed)) {
        if (m_needed.contains(key))
            continue;
        m_needed.insert(key);
        CacheEntry &entry = m_entries[key];
        entry.used = m_use;
        if (!entry.isRequested && (!entry.isLoaded || entry.isStale))
            m_queue.append(key);
    }
    std::reverse(m_queue.begin(), m_queue.end());
    evict();
    askNext();
}

void RecordingCache::askNext()
{
    while (m_underWay < kMaxPendingReads && !m_queue.isEmpty())
        ask(m_queue.takeLast());
}

void RecordingCache::ask(const Key &key)
{
    CacheEntry &entry = m_entries[key];
    entry.isRequested = true;
    entry.isStale = false;
    ++m_underWay;
    const auto take = [this, key, generation = m_generation](const auto &content) {
        if (generation == m_generation)
            answered(key, content);
    };
    const auto askFor = [&](auto &&question) {
        whenDone(m_reader.ask(std::forward<decltype(question)>(question)), this, take);
    };
    switch (key.detail) {
    case Detail::Items:
        askFor([key, withheld = idsOf(m_withheld)](catalog::Reader &reader) {
            return readChunk(reader, key.camera, key.index * kChunkMs, withheld);
        });
        break;
    case Detail::Hours:
        askFor([key](catalog::Reader &reader) {
            return readHours(reader, {key.index * kHourBlockMs, (key.index + 1) * kHourBlockMs});
        });
        break;
    case Detail::Days:
        askFor([key, zone = m_zone](catalog::Reader &reader) {
            const QDate first = QDate::fromJulianDay(key.index * kDayBlockDays);
            return readDays(reader, first, first.addDays(kDayBlockDays - 1), zone);
        });
        break;
    }
}

template<typename Content>
void RecordingCache::answered(const Key &key, const Result<Content> &content)
{
    --m_underWay;
    if (const auto found = m_entries.find(key); found != m_entries.end()) {
        CacheEntry &entry = *found;
        entry.isRequested = false;
        if (entry.isStale && m_needed.contains(key))
            m_queue.append(key);
        if (content)
            keep(key, entry, *content);
        else if (content.error().kind != ErrorKind::NotFound) // the engine is about to create it
            qWarning("timeline: %s", qPrintable(content.error().text));
    }
    askNext();
}

void RecordingCache::keep(const Key &key, CacheEntry &entry,
                          const std::shared_ptr<const TimelineChunk> &chunk)
{
    const bool isNews =
        entry.isLoaded ? !entry.chunk->hasSameItems(*chunk) : chunk->size() > 0 || !chunk->deleted.isEmpty();
    m_keptItems += chunk->weight() - (entry.chunk ? entry.chunk->weight() : 0);
    entry.chunk = chunk;
    entry.isLoaded = true;
    // An entry painted from its counts so far must be repainted even if it is empty. What it has may extend
    // into the next day.
    if (isNews || detailFor(double(m_view.length())) == Detail::Items)
        Q_EMIT itemsChanged(key.camera,
                            {key.index * kChunkMs, (key.index + 1) * kChunkMs + limits::kMaxItemDuration});
}

void RecordingCache::keep(const Key &, CacheEntry &entry, const std::shared_ptr<const CountBlock> &counts)
{
    const bool isNews = entry.isLoaded ? *entry.counts != *counts : !counts->isEmpty();
    entry.counts = counts;
    entry.isLoaded = true;
    if (isNews)
        Q_EMIT countsChanged();
}

void RecordingCache::markStale(const Key &key)
{
    const auto found = m_entries.find(key);
    if (found == m_entries.end())
        return;
    if (!m_needed.contains(key) && !found->isRequested) {
        m_keptItems -= found->chunk ? found->chunk->weight() : 0;
        m_entries.erase(found);
        return;
    }
    found->isStale = true;
    if (!found->isRequested && !m_queue.contains(key))
        m_queue.append(key);
}

void RecordingCache::changed(const QVector<catalog::ItemChange> &items)
{
    QSet<Key> touched;
    for (const catalog::ItemChange &change : items) {
        const TimeRange range{change.range.start, std::max(change.range.end, change.range.start + 1)};
        const qint64 first = floorDiv(range.start, kChunkMs);
        const qint64 last = floorDiv(range.end - 1, kChunkMs);
        if (last - first > kMaxTouched) {
            // A clock that was wrong by months was set right: starting over is cheaper.
            clear();
            return;
        }
        for (qint64 day = first; day <= last; ++day) {
            touched.insert({Detail::Items, change.camera, day});
            touched.insert({Detail::Hours, {}, floorDiv(day * kChunkMs, kHourBlockMs)});
            // The camera's day may be the PC's day before or after.
            const QDate date = models::localTime(day * kChunkMs, m_zone).date();
            touched.insert({Detail::Days, {}, dayBlock(date.addDays(-1))});
            touched.insert({Detail::Days, {}, dayBlock(date.addDays(2))});
        }
    }
    for (const Key &key : std::as_const(touched))
        markStale(key);
    askNext();
}

void RecordingCache::setWithheld(const QVector<catalog::ItemChange> &items)
{
    const auto before = std::exchange(m_withheld, items);
    changed(before + items);
}

void RecordingCache::evict()
{
    while (m_keptItems > kMaxKeptItems || m_entries.size() > kMaxCacheEntries) {
        auto oldest = m_entries.end();
        for (auto it = m_entries.begin(); it != m_entries.end(); ++it) {
            if (!it->isRequested && it->used != m_use &&
                (oldest == m_entries.end() || it->used < oldest->used))
                oldest = it;
        }
        if (oldest == m_entries.end())
            return;
        m_keptItems -= oldest->chunk ? oldest->chunk->weight() : 0;
        m_entries.erase(oldest);
    }
}

std::shared_ptr<const TimelineChunk> RecordingCache::chunk(CameraId camera, qint64 day) const
{
    const auto found = m_entries.constFind({Detail::Items, camera, day});
    return found == m_entries.constEnd() ? nullptr : found->chunk;
}

// The loaded blocks of hours or days that overlap a range; the zone is that of the days.
template<typename Take>
void RecordingCache::forBlocks(Detail detail, TimeRange range, const QTimeZone &zone, const Take &take) const
{
    const bool hours = detail == Detail::Hours;
    const auto indexOf = [&](qint64 t) {
        return hours ? floorDiv(t, kHourBlockMs) : dayBlock(models::localTime(t, zone).date());
    };
    for (qint64 index = indexOf(range.start); index <= indexOf(range.end); ++index) {
        const auto found = m_entries.constFind({detail, {}, index});
        if (found != m_entries.constEnd() && found->counts)
            take(*found->counts);
    }
}

QVector<CountBar> RecordingCache::bars(Detail detail, CameraId camera, TimeRange range) const
{
    QVector<CountBar> out;
    forBlocks(detail, range, m_zone, [&](const CountBlock &block) {
        const QVector<CountBar> bars = block.bars.value(camera);
        const auto from = std::partition_point(bars.cbegin(), bars.cend(),
                                               [&](const CountBar &bar) { return bar.end <= range.start; });
        for (auto it = from; it != bars.cend() && it->start < range.end; ++it)
            out.append(*it);
    });
    return out;
}

QVector<catalog::DeletedSpan> RecordingCache::deleted(Detail detail, CameraId camera, TimeRange range) const
{
    QVector<catalog::DeletedSpan> out;
    const auto take = [&](const QVector<catalog::DeletedSpan> &spans) {
        for (const catalog::DeletedSpan &span : spans) {
            if (span.range.end >= range.start && span.range.start < range.end)
                out.append(span);
        }
    };
    // A recording of the day before may extend into the range.
    const TimeRange captured{range.start - limits::kMaxItemDuration, range.end};
    if (detail != Detail::Items) {
        forBlocks(detail, captured, QTimeZone::utc(),
                  [&](const CountBlock &block) { take(block.deleted.value(camera)); });
        return out;
    }
    for (qint64 day = floorDiv(captured.start, kChunkMs); day <= floorDiv(captured.end, kChunkMs); ++day) {
        if (const auto known = chunk(camera, day))
            take(known->deleted);
    }
    return out;
}

CountBar RecordingCache::dayCount(CameraId camera, QDate day) const
{
    const auto found = m_entries.constFind({Detail::Days, {}, dayBlock(day)});
    if (found == m_entries.constEnd() || !found->counts)
        return {};
    for (const CountBar &bar : found->counts->bars.value(camera)) {
        if (bar.day == day)
            return bar;
    }
    return {};
}

} // namespace gatehouse::timeline
