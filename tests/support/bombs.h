// Small files that cost a decoder far more than their size says. Any thread.
#pragma once

#include <QByteArray>

namespace gatehouse::tests
{

// A grey progressive JPEG, each of whose scans goes over the whole picture: time.
QByteArray jpegOfManyScans(int side, int scans);
// An MP4 whose tables claim so many samples, each of a byte: memory.
QByteArray mp4OfManySamples(quint32 samples);

} // namespace gatehouse::tests
