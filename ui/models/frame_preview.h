// The frame of a clip at a moment someone points at: decoded once the pointer rests, by a decoder process of
// its own that starts with the first request, runs at a low priority, so that playback comes first, and ends
// after a while without requests. Only clips that were examined and are sound: pointing at one must not start
// what may hang. GUI thread; the decoder has a thread of its own.
#pragma once

#include "catalog/types/item.h"
#include "models/services.h"

#include <QImage>
#include <QObject>
#include <QTimer>
#include <memory>
#include <optional>

namespace gatehouse::models
{

class FramePreview : public QObject
{
    Q_OBJECT

public:
    static constexpr int kRestMs = 120;
    static constexpr int kIdleMs = 20'000;

    explicit FramePreview(const Services &services, QObject *parent = nullptr, int idleMs = kIdleMs);
    ~FramePreview() override;

    // time: UTC ms. size: device pixels. Replaces the previous request.
    void request(ItemId item, qint64 time, QSize size);
    void cancel();

    // The latest frame of this item; null: none yet.
    [[nodiscard]] QImage frame(ItemId item) const { return item == m_shown ? m_frame : QImage(); }
    [[nodiscard]] bool isDecoderRunning() const { return m_engine != nullptr; }

Q_SIGNALS:
    void shown(gatehouse::ItemId item);

private:
    void look();
    void decode(const catalog::Item &item);
    void startEngine();
    [[nodiscard]] bool isDecoding() const;
    void stop();
    void take(qint64 token, const media::PicturePtr &picture);

    catalog::ReaderPool &m_reader;
    media::PlayerOptions m_options;
    std::unique_ptr<media::PlayerEngine> m_engine;
    QTimer m_rest;
    QTimer m_idle;
    ItemId m_item; // requested; none: nothing is
    qint64 m_time = 0;
    QSize m_size;
    std::optional<catalog::Item> m_found; // m_item's row, if it was looked up
    ItemId m_open;                        // in the decoder
    ItemId m_failed;
    ItemId m_shown; // of m_frame
    QImage m_frame;
    int m_question = 0; // incremented with each request: drops older answers
};

} // namespace gatehouse::models
