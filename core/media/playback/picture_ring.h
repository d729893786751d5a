// Shared memory through which a decoder process passes frames to the window: a fixed number of slots, never
// copied by the window. The window creates it and seals its size; the decoder takes a free slot, and the
// window returns it when the frame is no longer displayed. The window trusts none of its content: a crafted
// file may have taken over the decoder. Thread-safe.
#pragma once

#include "media/playback/player_picture.h"

#include <array>
#include <atomic>

namespace gatehouse::media
{

class PictureRing : public std::enable_shared_from_this<PictureRing>
{
public:
    // More than the mailbox holds, plus displayed frames and those just discarded.
    static constexpr int kSlots = 16;
    static constexpr qsizetype kSlotBytes = qsizetype(64) << 20; // pages are allocated on first use

    // Null: out of memory.
    static std::shared_ptr<PictureRing> make();
    // Decoder side; takes ownership of the descriptor.
    static std::shared_ptr<PictureRing> attach(int descriptor);
    ~PictureRing();
    Q_DISABLE_COPY_MOVE(PictureRing)

    [[nodiscard]] int descriptor() const { return m_descriptor; }

    // --- decoder side
    [[nodiscard]] int take(); // -1: none is free
    [[nodiscard]] uint8_t *pixels(int slot);
    void trim(); // releases the memory of free slots
    // Incremented with each frame or packet: a decoder that stops counting is stuck.
    [[nodiscard]] std::atomic<quint64> &steps() { return m_head->steps; }

    // --- window side
    // The slot is returned with the last copy of the result.
    [[nodiscard]] Pixels lend(int slot, size_t bytes);
    void giveBack(int slot) { m_head->taken[size_t(slot)].store(0, std::memory_order_release); }

private:
    struct Head {
        std::atomic<quint64> steps;
        std::array<std::atomic<quint32>, size_t(kSlots)> taken;
    };
    static_assert(std::atomic<quint64>::is_always_lock_free && std::atomic<quint32>::is_always_lock_free);

    explicit PictureRing(int descriptor) : m_descriptor(descriptor) {}
    bool map(int protection);

    int m_descriptor;
    Head *m_head = nullptr;
    uint8_t *m_pixels = nullptr;
};

} // namespace gatehouse::media
