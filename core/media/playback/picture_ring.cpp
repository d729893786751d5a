#include "media/playback/picture_ring.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace gatehouse::media
{

namespace
{

constexpr qsizetype kHeadBytes = 4096;
constexpr qsizetype kPixelBytesOfAll = PictureRing::kSlots * PictureRing::kSlotBytes;

} // namespace

std::shared_ptr<PictureRing> PictureRing::make()
{
    const int descriptor = ::memfd_create("gatehouse pictures", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (descriptor < 0)
        return nullptr;
    std::shared_ptr<PictureRing> ring(new PictureRing(descriptor));
    // Sealed: if it shrank, reading a frame would crash the window.
    if (::ftruncate(descriptor, kHeadBytes + kPixelBytesOfAll) != 0 ||
        ::fcntl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0 ||
        !ring->map(PROT_READ))
        return nullptr;
    return ring;
}

std::shared_ptr<PictureRing> PictureRing::attach(int descriptor)
{
    std::shared_ptr<PictureRing> ring(new PictureRing(descriptor));
    return ring->map(PROT_READ | PROT_WRITE) ? ring : nullptr;
}

PictureRing::~PictureRing()
{
    if (m_head != nullptr)
        ::munmap(m_head, kHeadBytes);
    if (m_pixels != nullptr)
        ::munmap(m_pixels, kPixelBytesOfAll);
    ::close(m_descriptor);
}

bool PictureRing::map(int protection)
{
    static_assert(sizeof(Head) <= kHeadBytes);
    void *head = ::mmap(nullptr, kHeadBytes, PROT_READ | PROT_WRITE, MAP_SHARED, m_descriptor, 0);
    if (head == MAP_FAILED)
        return false;
    m_head = static_cast<Head *>(head); // all zero bytes: no slot is taken
    void *pixels = ::mmap(nullptr, kPixelBytesOfAll, protection, MAP_SHARED, m_descriptor, kHeadBytes);
    if (pixels == MAP_FAILED)
        return false;
    m_pixels = static_cast<uint8_t *>(pixels);
    return true;
}

int PictureRing::take()
{
    for (int slot = 0; slot < kSlots; ++slot) {
        if (m_head->taken[size_t(slot)].exchange(1, std::memory_order_acquire) == 0)
            return slot;
    }
    return -1;
}

uint8_t *PictureRing::pixels(int slot)
{
    return m_pixels + slot * kSlotBytes;
}

void PictureRing::trim()
{
    for (int slot = 0; slot < kSlots; ++slot) {
        // Taken meanwhile: trimming would erase a frame that the decoding thread put there.
        auto &taken = m_head->taken[size_t(slot)];
        if (taken.exchange(1, std::memory_order_acquire) != 0)
            continue;
        ::madvise(pixels(slot), size_t(kSlotBytes), MADV_REMOVE);
        taken.store(0, std::memory_order_release);
    }
}

Pixels PictureRing::lend(int slot, size_t bytes)
{
    const uint8_t *const start = pixels(slot);
    return {std::shared_ptr<const uint8_t>(
                start, [ring = shared_from_this(), slot](const uint8_t *) { ring->giveBack(slot); }),
            bytes};
}

} // namespace gatehouse::media
