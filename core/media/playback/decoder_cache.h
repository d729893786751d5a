// The frames before the current one, already scaled for the tile, so that stepping backward does not decode a
// whole group of pictures each time. Bounded in bytes: drops the earliest first. One thread.
#pragma once

#include "media/playback/player_picture.h"

#include <algorithm>
#include <deque>

namespace gatehouse::media
{

class PictureCache
{
public:
    static constexpr size_t kMaxBytes = size_t(128) << 20;

    void clear()
    {
        m_pictures.clear();
        m_bytes = 0;
    }

    void append(PicturePtr picture)
    {
        m_bytes += picture->bytes.size();
        m_pictures.push_back(std::move(picture));
        while (m_bytes > kMaxBytes && m_pictures.size() > 2) {
            m_bytes -= m_pictures.front()->bytes.size();
            m_pictures.pop_front();
        }
    }

    [[nodiscard]] PicturePtr first() const { return m_pictures.empty() ? nullptr : m_pictures.front(); }
    // The frame before or after the one at `time`; null if either is not cached.
    [[nodiscard]] PicturePtr before(qint64 time) const { return neighbour(time, -1); }
    [[nodiscard]] PicturePtr after(qint64 time) const { return neighbour(time, 1); }

private:
    [[nodiscard]] PicturePtr neighbour(qint64 time, int direction) const
    {
        const auto at = std::find_if(m_pictures.begin(), m_pictures.end(),
                                     [&](const PicturePtr &picture) { return picture->time == time; });
        if (at == m_pictures.end())
            return nullptr;
        const auto place = (at - m_pictures.begin()) + direction;
        return place >= 0 && place < std::ptrdiff_t(m_pictures.size()) ? m_pictures[size_t(place)] : nullptr;
    }

    std::deque<PicturePtr> m_pictures; // consecutive, by time
    size_t m_bytes = 0;
};

} // namespace gatehouse::media
