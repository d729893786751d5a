#include "media/demux/decoder_index.h"

#include "media/demux/av.h"

namespace gatehouse::media
{

int PacketIndex::keyBefore(qint64 time) const
{
    for (size_t i = video.size(); i-- > 0;) {
        const Entry &entry = video[i];
        const qint64 shown = entry.pts != AV_NOPTS_VALUE ? entry.pts : entry.dts;
        if (entry.isKey && shown <= time)
            return int(i);
    }
    return 0;
}

} // namespace gatehouse::media
