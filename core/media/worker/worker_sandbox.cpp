#include "media/worker/worker_sandbox.h"

#include "base/sanitizer.h"

#include <QFile>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

namespace gatehouse::media
{

namespace
{

constexpr rlim_t kMaxDescriptors = 64;
constexpr int kWorkerNiceness = 19; // reception and display come first

bool limit(decltype(RLIMIT_AS) what, rlim_t value)
{
    const rlimit both{value, value};
    return ::setrlimit(what, &both) == 0;
}

// Bytes of address space this process has now.
qint64 addressSpace()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readLine(128).split(' ').value(0).toLongLong() * ::sysconf(_SC_PAGESIZE);
}

#if defined(__x86_64__) || defined(__aarch64__)
#if defined(__x86_64__)
constexpr quint32 kMachine = AUDIT_ARCH_X86_64;
#else
constexpr quint32 kMachine = AUDIT_ARCH_AARCH64;
#endif

constexpr sock_filter statement(quint16 code, quint32 k)
{
    return {code, 0, 0, k};
}

constexpr sock_filter refuseIf(quint32 call)
{
    return {BPF_JMP | BPF_JEQ | BPF_K, 0, 0, call};
}

// System calls that a file reader never needs. io_uring would bypass this filter; other processes of the same
// user, namespaces and kernel internals are off-limits.
constexpr std::array kRefusedToAll{quint32(__NR_execve),
                                   quint32(__NR_execveat),
                                   quint32(__NR_socket),
                                   quint32(__NR_connect),
                                   quint32(__NR_bind),
                                   quint32(__NR_listen),
                                   quint32(__NR_accept4),
                                   quint32(__NR_sendto),
                                   quint32(__NR_ptrace),
                                   quint32(__NR_process_vm_readv),
                                   quint32(__NR_process_vm_writev),
                                   quint32(__NR_rt_sigqueueinfo),
                                   quint32(__NR_rt_tgsigqueueinfo),
                                   quint32(__NR_pidfd_send_signal),
                                   quint32(__NR_pidfd_getfd),
                                   quint32(__NR_io_uring_setup),
                                   quint32(__NR_io_uring_enter),
                                   quint32(__NR_io_uring_register),
                                   quint32(__NR_process_madvise),
                                   quint32(__NR_kcmp),
                                   quint32(__NR_migrate_pages),
                                   quint32(__NR_move_pages),
                                   quint32(__NR_ioprio_set),
                                   quint32(__NR_unshare),
                                   quint32(__NR_setns),
                                   quint32(__NR_chroot),
                                   quint32(__NR_pivot_root),
                                   quint32(__NR_mount),
                                   quint32(__NR_umount2),
                                   quint32(__NR_open_tree),
                                   quint32(__NR_move_mount),
                                   quint32(__NR_fsopen),
                                   quint32(__NR_fspick),
                                   quint32(__NR_bpf),
                                   quint32(__NR_perf_event_open),
                                   quint32(__NR_userfaultfd),
                                   quint32(__NR_keyctl),
                                   quint32(__NR_add_key),
                                   quint32(__NR_request_key),
                                   quint32(__NR_open_by_handle_at),
                                   quint32(__NR_fanotify_init),
                                   quint32(__NR_inotify_init1),
                                   quint32(__NR_setxattr),
                                   quint32(__NR_lsetxattr),
                                   quint32(__NR_fsetxattr),
                                   quint32(__NR_removexattr),
                                   quint32(__NR_lremovexattr),
                                   quint32(__NR_fremovexattr),
                                   quint32(__NR_fchown),
                                   quint32(__NR_chdir),
                                   quint32(__NR_fchdir)};
// System calls that a decoder, which gets its files already open, never needs, under each of their numbers.
constexpr std::array kRefusedToDecoders
{
    quint32(__NR_openat), quint32(__NR_openat2), quint32(__NR_unlinkat), quint32(__NR_renameat2),
        quint32(__NR_mkdirat), quint32(__NR_linkat), quint32(__NR_symlinkat), quint32(__NR_truncate),
        quint32(__NR_fchmodat), quint32(__NR_mknodat), quint32(__NR_fchownat), quint32(__NR_kill),
        quint32(__NR_tkill), quint32(__NR_tgkill), quint32(__NR_fchmod), quint32(__NR_utimensat),
        quint32(__NR_getxattr), quint32(__NR_lgetxattr), quint32(__NR_listxattr), quint32(__NR_llistxattr),
        quint32(__NR_readlinkat), quint32(__NR_statfs), quint32(__NR_statx), quint32(__NR_faccessat),
        quint32(__NR_ioctl), quint32(__NR_name_to_handle_at), quint32(__NR_acct), quint32(__NR_flock),
        quint32(__NR_setpriority), quint32(__NR_sched_setaffinity), quint32(__NR_sched_setscheduler),
        quint32(__NR_sched_setparam), quint32(__NR_sched_setattr),
#if defined(__NR_faccessat2)
        quint32(__NR_faccessat2),
#endif
#if defined(__NR_renameat)
        quint32(__NR_renameat),
#endif
#if defined(__x86_64__) // older variants of the calls, where they exist
        quint32(__NR_open), quint32(__NR_creat), quint32(__NR_unlink), quint32(__NR_rename),
        quint32(__NR_mkdir), quint32(__NR_link), quint32(__NR_symlink), quint32(__NR_chmod),
        quint32(__NR_rmdir), quint32(__NR_mknod), quint32(__NR_chown), quint32(__NR_lchown),
        quint32(__NR_utime), quint32(__NR_utimes), quint32(__NR_futimesat), quint32(__NR_access),
        quint32(__NR_readlink), quint32(__NR_stat), quint32(__NR_lstat), quint32(__NR_inotify_init),
#endif
};
static_assert(kRefusedToAll.size() + kRefusedToDecoders.size() < 250); // a jump skips at most 255

// Makes these calls fail with EPERM. False: it did not work, although the kernel supports it.
bool refuse(const std::vector<quint32> &refused)
{
    std::vector<sock_filter> program(refused.size() + 11);
    size_t at = 0;
    program[at++] = statement(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch));
    program[at++] = {BPF_JMP | BPF_JEQ | BPF_K, 1, 0, kMachine};
    program[at++] = statement(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS); // foreign architecture
    program[at++] = statement(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr));
    constexpr quint32 foreignCalls = 0x40000000; // x32 on x86-64 reaches the same calls by other numbers
    program[at++] = {BPF_JMP | BPF_JGE | BPF_K, quint8(refused.size() + 4), 0, foreignCalls};
    for (size_t i = 0; i < refused.size(); ++i) {
        program[at] = refuseIf(refused[i]);
        program[at++].jt = quint8(refused.size() - i + 3); // to the last statement
    }
    // It may lower its own limits; the low half of the first argument would name another process.
    program[at++] = {BPF_JMP | BPF_JEQ | BPF_K, 0, 2, quint32(__NR_prlimit64)};
    program[at++] = statement(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args));
    program[at++] = {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0};
    program[at++] = statement(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    program[at++] = statement(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
    const sock_fprog filter{static_cast<unsigned short>(at), program.data()};
    if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0)
        return true;
    // A kernel with filter support reads the (null) filter; others reject the mode.
    const bool hasFilters = ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, nullptr) == -1 && errno == EFAULT;
    return !hasFilters;
}

bool refuseToWorkers()
{
    return refuse({kRefusedToAll.begin(), kRefusedToAll.end()});
}

bool refuseToDecoders()
{
    std::vector<quint32> refused(kRefusedToAll.begin(), kRefusedToAll.end());
    refused.insert(refused.end(), kRefusedToDecoders.begin(), kRefusedToDecoders.end());
    return refuse(refused);
}
#else
bool refuseToWorkers()
{
    return true;
}
bool refuseToDecoders()
{
    return true;
}
#endif

// The limits shared by both kinds.
bool takeLimits(qint64 memory, rlim_t writtenFile)
{
    const pid_t parent = ::getppid();
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent)
        return false;           // it exited before it could be watched
    ::signal(SIGXFSZ, SIG_IGN); // writing too much fails instead
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    ::prctl(PR_SET_DUMPABLE, 0);
    const qint64 space = addressSpace();
    if (!kIsAddressSanitized && (space <= 0 || !limit(RLIMIT_AS, rlim_t(space + memory))))
        return false;
    return limit(RLIMIT_FSIZE, writtenFile) && limit(RLIMIT_NOFILE, kMaxDescriptors) && limit(RLIMIT_CORE, 0);
}

} // namespace

bool closeDoors(const WorkerLimits &limits)
{
    errno = 0;
    if (::nice(kWorkerNiceness) == -1 && errno != 0)
        return false;
    return takeLimits(limits.memory, rlim_t(limits.fileBytes)) && refuseToWorkers();
}

bool closeDecoderDoors(qint64 memory)
{
    return takeLimits(memory, 0) && refuseToDecoders();
}

void armCpuLimit(int seconds)
{
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    rlimit now{};
    ::getrlimit(RLIMIT_CPU, &now);
    now.rlim_cur = rlim_t(used.ru_utime.tv_sec + used.ru_stime.tv_sec + 1 + seconds);
    ::setrlimit(RLIMIT_CPU, &now);
}

} // namespace gatehouse::media
