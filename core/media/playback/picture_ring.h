// The memory through which a decoder process hands its pictures to the window: a fixed number of slots,
// never copied by the window. The window makes it and seals its size; the decoder takes a free slot, the
// window gives it back when nobody looks at the picture any more. The window believes nothing that stands
// in it: a decoder may have been taken over by the file it reads. Thread-safe.
#pragma once

#include "media/playback/player_picture.h"

#include <array>
#include <atomic>

namespace gatehouse::media
{

class PictureRing : public std::enable_shared_from_this<PictureRing>
{
public:
    // More than the mailbox holds, and those that are on show or were just taken back.
    static constexpr int kSlots = 16;
    static constexpr qsizetype kSlotBytes = qsizetype(64) << 20; // touched as far as it is used

    // Null: the system has no memory for it.
    static std::shared_ptr<PictureRing> make();
    // The decoder's side; takes the descriptor.
    static std::shared_ptr<PictureRing> attach(int descriptor);
    ~PictureRing();
    PictureRing(const PictureRing &) = delete;
    PictureRing &operator=(const PictureRing &) = delete;

    [[nodiscard]] int descriptor() const { return m_descriptor; }

    // --- the decoder's side
    [[nodiscard]] int take(); // -1: none is free
    [[nodiscard]] uint8_t *pixels(int slot);
    void trim(); // gives the memory of free slots back
    // Rises with each picture or packet: who stands still for long is stuck.
    [[nodiscard]] std::atomic<quint64> &steps() { return m_head->steps; }

    // --- the window's side
    // Given back with the last copy of what is returned.
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
