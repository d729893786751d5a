// Small files that cost a decoder far more than their size suggests. Any thread.
#pragma once

#include <QByteArray>

namespace gatehouse::tests
{

// A grey progressive JPEG in which every scan covers the whole picture: costs time.
QByteArray jpegOfManyScans(int side, int scans);
// An MP4 whose tables claim this many samples of one byte: costs memory.
QByteArray mp4OfManySamples(quint32 samples);

} // namespace gatehouse::tests
