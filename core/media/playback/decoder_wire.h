// The messages between the window and a decoder process, one datagram each over a socket pair. The window
// trusts no report: a crafted file may have taken over the decoder. Any thread; `receive` blocks.
#pragma once

#include "media/playback/decoder_mailbox.h"
#include "media/playback/picture_ring.h"

#include <QByteArray>
#include <array>

namespace gatehouse::media
{

// The descriptors that a decoder process inherits.
constexpr int kDecoderSocket = 3;
constexpr int kDecoderRing = 4;
constexpr int kDecoderNotReady = 2; // exit code if it cannot start, or not safely

// From the window. A file is passed along as a descriptor.
struct DecoderCommand {
    enum class Kind : quint32 { Request, Next, NoNext, Settings, Popped };

    Kind kind = Kind::Popped;
    DecodeRequest::Kind request = DecodeRequest::Kind::None;
    SeekKind seek = SeekKind::Exact;
    Consent consent = Consent::Assumed;
    qint64 serial = 0; // of the request, or of the request that `popped` refers to
    qint64 token = 0;
    qint64 time = 0;   // of the request; or the start of a clip
    qint64 length = 0; // of a clip; 0: unknown
    double rate = 1;
    TileSize tile = {};
    qint64 popped = 0;
    qint64 soundStart = 0; // of what the window still holds
    bool sound = false;
    std::array<char, 8> extension = {}; // of the file name, which gives the expected type
};

// From the decoder; followed by audio samples or an error text.
struct DecoderReport {
    enum class Kind : quint32 { Result, SoundRestart, Sound };

    Kind kind = Kind::Result;
    quint32 result = 0; // DecodeResult::Kind
    qint64 serial = 0;
    qint64 token = 0;
    qint64 runTime = 0; // for audio: of its first sample
    qint64 time = 0;
    qint64 duration = 0;
    qint32 slot = -1; // -1: no picture
    qint32 width = 0;
    qint32 height = 0;
    qint32 fullWidth = 0;
    qint32 fullHeight = 0;
    quint32 error = 0; // ErrorKind
    qint64 stride = 0;
    quint8 isKey = 0;
    quint8 isWanted = 0;
    quint8 isExact = 0;
    quint8 inTurn = 0;
    quint8 isDamaged = 0;
    quint8 runsOn = 0;
    quint8 isStill = 0;
    quint8 hasSound = 0;
};

constexpr size_t kMaxReportBytes = 48 << 10;
constexpr int kMaxSoundFrames = 8'192; // per report

// Never blocks. False: the decoder is gone or does not read. `file`: -1 for none.
bool sendCommand(int socket, const DecoderCommand &command, int file);
// Blocks until the window reads. False: it is gone.
bool sendReport(int socket, const DecoderReport &report, QByteArrayView rest = {});

struct ReceivedCommand {
    DecoderCommand command;
    int file = -1; // owned by the receiver
};
std::optional<ReceivedCommand> receiveCommand(int socket);

// The report of a result whose frame is in `slot`.
DecoderReport reportOf(const DecodeResult &result, qint64 serial, int slot);
// The result in a report, if it is plausible: sizes within the slot, known kinds, usable times. The ring
// lends the frame.
std::optional<DecodeResult> resultOf(const DecoderReport &report, QByteArrayView rest, PictureRing &ring);
bool isCountable(qint64 time); // microseconds

} // namespace gatehouse::media
