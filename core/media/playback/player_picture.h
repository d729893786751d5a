// One decoded frame, ready to paint: BGRA, opaque, rotated, square pixels, no larger than requested. Times in
// microseconds from the clip's first frame. Immutable once shared: any thread.
#pragma once

#include <QMetaType>
#include <cstdint>
#include <memory>
#include <vector>

namespace gatehouse::media
{

// Immutable bytes, shared by all copies.
class Pixels
{
public:
    Pixels() = default;
    explicit Pixels(std::vector<uint8_t> bytes)
    {
        const auto owner = std::make_shared<const std::vector<uint8_t>>(std::move(bytes));
        m_data = std::shared_ptr<const uint8_t>(owner, owner->data());
        m_size = owner->size();
    }
    Pixels(std::shared_ptr<const uint8_t> data, size_t size) : m_data(std::move(data)), m_size(size) {}

    [[nodiscard]] const uint8_t *data() const { return m_data.get(); }
    [[nodiscard]] size_t size() const { return m_size; }
    [[nodiscard]] uint8_t operator[](size_t at) const { return m_data.get()[at]; }

private:
    std::shared_ptr<const uint8_t> m_data;
    size_t m_size = 0;
};

struct Picture {
    int width = 0;
    int height = 0;
    qsizetype stride = 0; // bytes from row to row
    Pixels bytes;
    int fullWidth = 0; // of the recording, as displayed
    int fullHeight = 0;
    qint64 time = 0;
    bool isKey = false; // decodes on its own
};

using PicturePtr = std::shared_ptr<const Picture>;

// The properties of an open clip.
struct ClipInfo {
    int width = 0; // displayed size
    int height = 0;
    qint64 duration = 0; // microseconds; 0: unknown until its end is reached
    bool isStill = false;
    bool hasSound = false;
};

} // namespace gatehouse::media

Q_DECLARE_METATYPE(gatehouse::media::PicturePtr)
Q_DECLARE_METATYPE(gatehouse::media::ClipInfo)
