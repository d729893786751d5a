// Where copies go off-site, and what goes. Values; any thread.
#pragma once

#include "base/ids.h"
#include "s3/client.h"

#include <QHash>

namespace gatehouse::offsite
{

// What of a camera goes. Each includes the ones before it.
enum class Choice {
    Nothing,
    Stills,     // for clips of events without any, their posters
    LowRes,     // low-res copies of clips
    Everything, // every original, sidecars too
};

struct Options {
    bool isSet = false; // false: nothing goes, and nothing below counts
    s3::ClientOptions client;
    QString prefix = {};          // above the site, as typed; empty: none
    QString site = {};            // this PC's folder in the bucket
    QByteArray storageClass = {}; // empty: the bucket's default
    bool encrypts = false;        // by the server's own key (SSE-S3)
    qint64 uploadLimit = 0;       // bytes per second; 0: none
    bool isPaused = false;
    Choice choice = Choice::Everything; // for cameras without one of their own
    QHash<CameraId, Choice> cameras = {};

    [[nodiscard]] Choice choiceOf(CameraId camera) const { return cameras.value(camera, choice); }
};

} // namespace gatehouse::offsite
