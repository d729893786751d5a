// The real decoder process; an argument makes it one that a hostile file has taken over.
#include "media/playback/decoder_process.h"
#include "media/playback/decoder_wire.h"
#include "media/worker/worker_sandbox.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <random>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

using namespace gatehouse::media;

namespace
{

DecoderCommand nextOpening()
{
    for (;;) {
        const auto received = receiveCommand(kDecoderSocket);
        if (!received)
            _exit(0);
        if (received->command.kind == DecoderCommand::Kind::Request)
            return received->command;
    }
}

DecoderReport goodPicture(const DecoderCommand &opened)
{
    DecoderReport report;
    report.result = quint32(DecodeResult::Kind::Picture);
    report.serial = opened.serial;
    report.token = opened.token;
    report.slot = 0;
    report.width = report.fullWidth = 64;
    report.height = report.fullHeight = 64;
    report.stride = 256;
    report.isWanted = 1;
    report.isExact = 1;
    return report;
}

[[noreturn]] void talkNonsense(unsigned seed)
{
    std::mt19937 random(seed);
    for (;;) {
        const DecoderCommand opened = nextOpening();
        for (int i = 0; i < 200; ++i) {
            DecoderReport report = goodPicture(opened);
            report.result = random() % 6;
            report.kind = DecoderReport::Kind(random() % 4);
            auto *bytes = reinterpret_cast<unsigned char *>(&report);
            for (unsigned flips = random() % 6; flips > 0; --flips)
                bytes[random() % sizeof(report)] = static_cast<unsigned char>(random());
            report.serial = opened.serial;
            QByteArray rest(qsizetype(random() % 3 == 0 ? random() % 40'000 : random() % 8), 'x');
            if (!sendReport(kDecoderSocket, report, rest))
                _exit(0);
        }
    }
}

// By the sandbox: such arguments fail in another way where the call is carried out.
bool isRefused(long call)
{
    return ::syscall(call, -1, -1, -1, -1, -1) == -1 && errno == EPERM;
}

// Says by the kind of its error what it was allowed.
void tryToEscape(const DecoderCommand &opened)
{
    const bool hasFile = ::open("/etc/passwd", O_RDONLY) >= 0 ||
                         ::open("/tmp/x", O_CREAT | O_WRONLY, 0600) >= 0 || !isRefused(SYS_renameat) ||
                         !isRefused(SYS_io_uring_setup);
    // By a path, or through the file that it was given to read.
    constexpr long touching[] = {SYS_utimensat, SYS_setxattr,    SYS_lsetxattr,    SYS_fsetxattr,
                                 SYS_getxattr,  SYS_removexattr, SYS_fremovexattr, SYS_chdir,
                                 SYS_fchdir,    SYS_chroot,      SYS_fchmod,       SYS_fchown,
                                 SYS_ioctl,     SYS_mount,       SYS_unshare,      SYS_readlinkat,
                                 SYS_faccessat, SYS_bpf,         SYS_statx,        SYS_setpriority};
    const bool hasTouched = !std::all_of(std::begin(touching), std::end(touching), isRefused) ||
                            ::setxattr("/tmp", "user.x", "x", 1, 0) == 0 || ::chdir("/") == 0;
    const rlimit none{0, 0};
    const bool hasLimited = ::prlimit(::getppid(), RLIMIT_NOFILE, &none, nullptr) == 0 || errno != EPERM;
    rlimit own{};
    const bool isCrippled = ::getrlimit(RLIMIT_NOFILE, &own) != 0;
    const bool hasSocket = ::socket(AF_INET, SOCK_STREAM, 0) >= 0;
    const bool hasKilled = ::kill(::getppid(), 0) == 0 || !isRefused(SYS_tgkill);
    char *const arguments[] = {const_cast<char *>("/bin/true"), nullptr};
    ::execve("/bin/true", arguments, nullptr); // does not return if it is allowed
    DecoderReport report;
    report.result = quint32(DecodeResult::Kind::Failed);
    report.serial = opened.serial;
    report.token = opened.token;
    report.error = quint32(gatehouse::ErrorKind::Corrupt);
    const char *text = hasFile      ? "file"
                       : hasTouched ? "touched"
                       : hasLimited ? "limited"
                       : isCrippled ? "crippled"
                       : hasSocket  ? "socket"
                       : hasKilled  ? "kill"
                                    : "nothing";
    sendReport(kDecoderSocket, report, {text, qsizetype(std::strlen(text))});
}

// Asked for a second clip, it steps once more in the first one and falls silent. Returns where the first one
// it is asked for is the second, which then plays.
void lingerInTheFirstClip()
{
    for (;;) {
        DecoderCommand next;
        if (::recv(kDecoderSocket, &next, sizeof(next), MSG_PEEK) != ssize_t(sizeof(next)))
            _exit(0);
        if (next.kind == DecoderCommand::Kind::Request && next.token == 2)
            return;
        if (next.kind == DecoderCommand::Kind::Request)
            break;
        (void)receiveCommand(kDecoderSocket);
    }
    nextOpening();
    nextOpening();
    if (const auto ring = PictureRing::attach(kDecoderRing))
        ring->steps().fetch_add(1);
    for (;;)
        ::pause();
}

[[noreturn]] void misbehave(const char *how)
{
    auto ring = PictureRing::attach(kDecoderRing);
    if (std::strcmp(how, "refuse") == 0 || !ring || !closeDecoderDoors(qint64(256) << 20))
        _exit(2);
    if (std::strncmp(how, "nonsense", 8) == 0)
        talkNonsense(unsigned(std::atoi(how + 8)));
    for (;;) {
        const DecoderCommand opened = nextOpening();
        if (std::strcmp(how, "crash") == 0)
            __builtin_trap(); // raise() is refused
        if (std::strcmp(how, "spin") == 0) {
            volatile int spins = 0;
            while (spins >= 0)
                spins = 1 - spins;
        }
        if (std::strcmp(how, "shrink") == 0) {
            (void)::ftruncate(kDecoderRing, 0);
            sendReport(kDecoderSocket, goodPicture(opened));
        }
        if (std::strcmp(how, "flood") == 0) {
            while (sendReport(kDecoderSocket, goodPicture(opened))) {
            }
        }
        if (std::strcmp(how, "escape") == 0)
            tryToEscape(opened);
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (argc > 1 && std::strcmp(argv[1], "linger") == 0)
        lingerInTheFirstClip();
    else if (argc > 1)
        misbehave(argv[1]);
    return runDecoder();
}
