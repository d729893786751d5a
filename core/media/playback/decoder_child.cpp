#include "media/playback/decoder_child.h"

#include "media/playback/decoder_wire.h"

#include <QFile>
#include <csignal>
#include <ctime>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gatehouse::media
{

namespace
{

constexpr int kReapTries = 100;
constexpr int kReapPauseUs = 5'000;

bool spawn(pid_t &process, const QString &program, const QStringList &arguments, int socket, int ring)
{
    std::vector<QByteArray> words{QFile::encodeName(program)};
    for (const QString &argument : arguments)
        words.push_back(argument.toLocal8Bit());
    std::vector<char *> pointers;
    for (QByteArray &word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);

    posix_spawn_file_actions_t actions{};
    posix_spawnattr_t attributes{};
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
    for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        ::posix_spawn_file_actions_addopen(&actions, standard, "/dev/null", O_RDWR, 0);
    ::posix_spawn_file_actions_adddup2(&actions, socket, kDecoderSocket);
    ::posix_spawn_file_actions_adddup2(&actions, ring, kDecoderRing);
    // Its own process group: signals from the terminal's keys go to the window.
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    const int error =
        ::posix_spawn(&process, words.front().constData(), &actions, &attributes, pointers.data(), environ);
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    return error == 0;
}

// Moves a descriptor above the child's fixed ones, so that none is overwritten before it is passed on.
int movedUp(int descriptor)
{
    const int moved = ::fcntl(descriptor, F_DUPFD_CLOEXEC, kDecoderRing + 1);
    ::close(descriptor);
    return moved;
}

} // namespace

std::unique_ptr<DecoderChild> DecoderChild::start(const QString &program, const QStringList &arguments)
{
    auto ring = PictureRing::make();
    int pair[2] = {-1, -1};
    if (!ring || ::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        return nullptr;
    const int theirs = movedUp(pair[1]);
    const int pixels = ::fcntl(ring->descriptor(), F_DUPFD_CLOEXEC, kDecoderRing + 1);
    pid_t process = -1;
    const bool isStarted = theirs >= 0 && pixels >= 0 && spawn(process, program, arguments, theirs, pixels);
    ::close(theirs);
    ::close(pixels);
    if (!isStarted) {
        ::close(pair[0]);
        return nullptr;
    }
    return std::unique_ptr<DecoderChild>(new DecoderChild(process, pair[0], std::move(ring)));
}

DecoderChild::~DecoderChild()
{
    ::close(m_socket);
    ::kill(m_process, SIGKILL);
    // It exits at once, unless it waits for an unresponsive disk: then it is left behind.
    for (int i = 0; i < kReapTries && ::waitpid(m_process, nullptr, WNOHANG) == 0; ++i)
        ::usleep(kReapPauseUs);
}

bool DecoderChild::hasEndedByOthers() const
{
    pollfd end{m_socket, 0, 0};
    if (::poll(&end, 1, 0) <= 0 || (end.revents & POLLHUP) == 0)
        return false;
    // Its socket closes just before its exit status becomes available.
    for (int i = 0; i < kReapTries; ++i) {
        siginfo_t how{};
        // Not reaped yet: until then its pid is not reused and may be killed.
        if (::waitid(P_PID, id_t(m_process), &how, WEXITED | WNOHANG | WNOWAIT) != 0)
            return false;
        if (how.si_pid != 0)
            return how.si_code == CLD_EXITED ? how.si_status == kDecoderNotReady
                                             : how.si_status == SIGKILL || how.si_status == SIGTERM;
        ::usleep(kReapPauseUs);
    }
    return false;
}

qint64 DecoderChild::cpuMs() const
{
    clockid_t clock{};
    timespec used{};
    if (::clock_getcpuclockid(m_process, &clock) != 0 || ::clock_gettime(clock, &used) != 0)
        return 0;
    return qint64(used.tv_sec) * 1'000 + used.tv_nsec / 1'000'000;
}

} // namespace gatehouse::media
