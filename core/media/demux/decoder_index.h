// The timestamps and positions of all packets of a clip, from one pass over the file without decoding. Any
// thread once built.
#pragma once

#include <QtGlobal>
#include <vector>

namespace gatehouse::media
{

class PacketIndex
{
public:
    struct Entry {
        qint64 pts = 0; // microseconds on the clip's clock; AV_NOPTS_VALUE as in the file
        qint64 dts = 0;
        int bytes = 0;
        bool isKey = false;
    };

    std::vector<Entry> video;
    std::vector<Entry> sound;

    // The number of the last keyframe shown at or before `time`; 0 if there is none.
    [[nodiscard]] int keyBefore(qint64 time) const;
};

} // namespace gatehouse::media
