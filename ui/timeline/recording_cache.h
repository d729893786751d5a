// Caches the recordings that the timeline shows, loaded in chunks on the readers' threads: the visible range
// first, then a margin around it; obsolete requests are dropped. Chunks are replaced whole, and only if their
// items really changed. Bounded: evicts the least recently used entries. GUI thread, no I/O.
#pragma once

#include "models/services.h"
#include "timeline/timeline_chunk.h"

#include <QObject>
#include <QSet>
#include <QTimeZone>
#include <memory>

namespace gatehouse::timeline
{

enum class Detail { Items, Hours, Days };
// By the visible span: single items up to three days, hours up to two months, then days.
Detail detailFor(double spanMs);

class RecordingCache : public QObject
{
    Q_OBJECT

public:
    explicit RecordingCache(const models::Services &services, QObject *parent = nullptr);

    struct CameraName {
        CameraId camera;
        QString name;

        friend bool operator==(const CameraName &, const CameraName &) = default;
    };
    [[nodiscard]] const QVector<CameraName> &cameras() const { return m_cameras; }
    [[nodiscard]] const QTimeZone &zone() const { return m_zone; }
    void setZone(const QTimeZone &zone); // for tests; by default the PC's

    // The visible range: the view, and the day of the overview strip.
    void setVisibleRange(TimeRange view, TimeRange day);
    // Not shown from now on, as if they were deleted already.
    void setWithheld(const QVector<catalog::ItemChange> &items);
    // The calendar's days in addition; an empty range: it is closed.
    void setVisibleDays(QDate first, QDate last);

    // Null until loaded. day: UTC days since 1970.
    [[nodiscard]] std::shared_ptr<const TimelineChunk> chunk(CameraId camera, qint64 day) const;
    // A camera's bars that intersect the range, as far as they are loaded.
    [[nodiscard]] QVector<CountBar> bars(Detail detail, CameraId camera, TimeRange range) const;
    // A camera's deletions that intersect the range, by start, as far as they are loaded.
    [[nodiscard]] QVector<catalog::DeletedSpan> deleted(Detail detail, CameraId camera,
                                                        TimeRange range) const;
    [[nodiscard]] CountBar dayCount(CameraId camera, QDate day) const;
    [[nodiscard]] bool isLoading() const { return m_underWay > 0 || !m_queue.isEmpty(); }
    [[nodiscard]] qint64 keptItems() const { return m_keptItems; }

Q_SIGNALS:
    void camerasChanged();
    void itemsChanged(gatehouse::CameraId camera, gatehouse::TimeRange range);
    void countsChanged();

private:
    struct Key {
        Detail detail = Detail::Items;
        CameraId camera; // items only
        qint64 index = 0;

        friend bool operator==(const Key &, const Key &) = default;
        friend size_t qHash(const Key &key, size_t seed = 0)
        {
            return qHashMulti(seed, int(key.detail), key.camera.value, key.index);
        }
    };
    struct CacheEntry {
        std::shared_ptr<const TimelineChunk> chunk;
        std::shared_ptr<const CountBlock> counts;
        bool isLoaded = false;
        bool isRequested = false;
        bool isStale = false; // changed since it was requested
        quint64 used = 0;
    };

    void loadCameras();
    void takeCameras(const QVector<catalog::Camera> &cameras);
    void clear();
    void plan();
    void askNext();
    void ask(const Key &key);
    template<typename Content>
    void answered(const Key &key, const Result<Content> &content);
    void keep(const Key &key, CacheEntry &entry, const std::shared_ptr<const TimelineChunk> &chunk);
    void keep(const Key &key, CacheEntry &entry, const std::shared_ptr<const CountBlock> &counts);
    void changed(const QVector<catalog::ItemChange> &items);
    void markStale(const Key &key);
    void evict();
    template<typename Take>
    void forBlocks(Detail detail, TimeRange range, const QTimeZone &zone, const Take &take) const;
    [[nodiscard]] qint64 dayBlock(QDate day) const;

    catalog::ReaderPool &m_reader;
    QTimeZone m_zone = QTimeZone::systemTimeZone();
    QVector<CameraName> m_cameras;
    bool m_camerasRequested = false;
    bool m_camerasStale = false;
    TimeRange m_view;
    TimeRange m_day;
    QDate m_firstDay, m_lastDay;
    QHash<Key, CacheEntry> m_entries;
    QVector<Key> m_queue; // the next one is last
    QSet<Key> m_needed;
    QVector<catalog::ItemChange> m_withheld;
    int m_underWay = 0;
    int m_generation = 0; // incremented when the cache is cleared: drops older results
    quint64 m_use = 0;
    qint64 m_keptItems = 0;
};

} // namespace gatehouse::timeline
