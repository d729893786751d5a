#include "media/playback/decoder_wire.h"

#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <sys/uio.h>

namespace gatehouse::media
{

namespace
{

constexpr qint64 kMaxCountableTime = qint64(1) << 46; // microseconds: two years
constexpr int kMaxShownSide = 1 << 20;                // displayed size
constexpr qsizetype kMaxTextBytes = 400;
constexpr qint64 kPixelSize = 4;

ssize_t sendMessage(int socket, msghdr &message, int flags)
{
    ssize_t sent = 0;
    do {
        sent = ::sendmsg(socket, &message, flags | MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent;
}

bool isSide(qint32 side)
{
    return side > 0 && side <= kMaxShownSide;
}

std::optional<PicturePtr> pictureOf(const DecoderReport &report, PictureRing &ring)
{
    if (report.slot >= PictureRing::kSlots || !isSide(report.width) || !isSide(report.height) ||
        !isSide(report.fullWidth) || !isSide(report.fullHeight) || report.stride % kPixelSize != 0 ||
        report.stride < report.width * kPixelSize || report.stride > PictureRing::kSlotBytes / report.height)
        return std::nullopt;
    auto picture = std::make_shared<Picture>();
    picture->width = report.width;
    picture->height = report.height;
    picture->stride = report.stride;
    picture->fullWidth = report.fullWidth;
    picture->fullHeight = report.fullHeight;
    picture->time = report.time;
    picture->isKey = report.isKey != 0;
    picture->bytes = ring.lend(report.slot, size_t(report.stride) * size_t(report.height));
    return picture;
}

} // namespace

bool sendCommand(int socket, const DecoderCommand &command, int file)
{
    DecoderCommand copy = command;
    iovec part{&copy, sizeof(copy)};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
    if (file >= 0) {
        message.msg_control = control;
        message.msg_controllen = sizeof(control);
        cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int));
        std::memcpy(CMSG_DATA(header), &file, sizeof(int));
    }
    return sendMessage(socket, message, MSG_DONTWAIT) == ssize_t(sizeof(copy));
}

bool sendReport(int socket, const DecoderReport &report, QByteArrayView rest)
{
    DecoderReport copy = report;
    iovec parts[] = {{&copy, sizeof(copy)}, {const_cast<char *>(rest.data()), size_t(rest.size())}};
    msghdr message{};
    message.msg_iov = parts;
    message.msg_iovlen = rest.isEmpty() ? 1 : 2;
    return sendMessage(socket, message, 0) == ssize_t(sizeof(copy)) + rest.size();
}

std::optional<ReceivedCommand> receiveCommand(int socket)
{
    ReceivedCommand out;
    iovec part{&out.command, sizeof(out.command)};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
    message.msg_control = control;
    message.msg_controllen = sizeof(control);
    ssize_t got = 0;
    do {
        got = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    } while (got < 0 && errno == EINTR);
    if (got != ssize_t(sizeof(out.command)))
        return std::nullopt;
    const cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (header != nullptr && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS)
        std::memcpy(&out.file, CMSG_DATA(header), sizeof(int));
    return out;
}

DecoderReport reportOf(const DecodeResult &result, qint64 serial, int slot)
{
    DecoderReport report;
    report.result = quint32(result.kind);
    report.serial = serial;
    report.token = result.token;
    report.runTime = result.runTime;
    report.isWanted = result.isWanted;
    report.isExact = result.isExact;
    report.inTurn = result.inTurn;
    report.isDamaged = result.isDamaged;
    report.runsOn = result.runsOn;
    report.error = quint32(result.error.kind);
    if (result.kind == DecodeResult::Kind::Opened) {
        report.fullWidth = result.info.width;
        report.fullHeight = result.info.height;
        report.duration = result.info.duration;
        report.isStill = result.info.isStill;
        report.hasSound = result.info.hasSound;
    }
    if (result.picture && slot >= 0) {
        const Picture &picture = *result.picture;
        report.slot = slot;
        report.width = picture.width;
        report.height = picture.height;
        report.stride = picture.stride;
        report.fullWidth = picture.fullWidth;
        report.fullHeight = picture.fullHeight;
        report.time = picture.time;
        report.isKey = picture.isKey;
    }
    return report;
}

bool isCountable(qint64 time)
{
    return time >= -kMaxCountableTime && time <= kMaxCountableTime;
}

std::optional<DecodeResult> resultOf(const DecoderReport &report, QByteArrayView rest, PictureRing &ring)
{
    if (report.result > quint32(DecodeResult::Kind::Withheld) || !isCountable(report.runTime) ||
        !isCountable(report.time) || !isCountable(report.duration) ||
        report.error > quint32(ErrorKind::Internal) || rest.size() > kMaxTextBytes)
        return std::nullopt;
    DecodeResult out;
    out.kind = DecodeResult::Kind(report.result);
    out.token = report.token;
    out.runTime = report.runTime;
    out.isWanted = report.isWanted != 0;
    out.isExact = report.isExact != 0;
    out.inTurn = report.inTurn != 0;
    out.isDamaged = report.isDamaged != 0;
    out.runsOn = report.runsOn != 0;
    switch (out.kind) {
    case DecodeResult::Kind::Opened:
        if (!isSide(report.fullWidth) || !isSide(report.fullHeight))
            return std::nullopt;
        out.info = {report.fullWidth, report.fullHeight, std::max<qint64>(0, report.duration),
                    report.isStill != 0, report.hasSound != 0};
        break;
    case DecodeResult::Kind::Picture: {
        if (report.slot < 0)
            return std::nullopt;
        auto picture = pictureOf(report, ring);
        if (!picture)
            return std::nullopt;
        out.picture = std::move(*picture);
        break;
    }
    case DecodeResult::Kind::Failed:
        out.error = {ErrorKind(report.error), QString::fromUtf8(rest).simplified(), {}};
        break;
    case DecodeResult::Kind::End:
    case DecodeResult::Kind::Withheld:
        break;
    }
    return out;
}

} // namespace gatehouse::media
