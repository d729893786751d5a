// The engine as a whole: its status, problems, shutdown. Times are UTC ms. Values: any thread.
#pragma once

#include "protocol/camera_fault.h"

namespace gatehouse::protocol
{

// Something that needs the user: a damaged catalog, a full disk, deletion on hold. The window shows each as a
// banner and `gatehouse status` as a line.
struct Problem {
    QString key;              // one per cause, e.g. "catalog", "archive": a newer text replaces the old one
    QString text;             // a sentence that says what is wrong and what to do
    qint64 since = 0;         // UTC ms
    QString action = {};      // text of a button; empty: none
    QString command = {};     // name of the command that the button sends, which has no fields
    QString commandLine = {}; // the equivalent without a window, e.g. "gatehouse retention confirm"
    QVector<QString> settings = {}; // fields of settings/fields.h whose change may help

    bool operator==(const Problem &) const = default;

    static constexpr auto fields()
    {
        return std::tuple{field("key", &Problem::key),
                          field("text", &Problem::text),
                          field("since", &Problem::since),
                          field("action", &Problem::action),
                          field("command", &Problem::command),
                          field("command_line", &Problem::commandLine),
                          field("settings", &Problem::settings).orDefault()};
    }
};

struct ArchiveStatus {
    QString root;
    bool isReady = false;
    QString reason;              // why it is not ready
    bool isFull = false;         // that is why
    std::optional<qint64> free;  // bytes; none: the disk did not respond
    std::optional<qint64> total; // bytes

    static constexpr auto fields()
    {
        return std::tuple{
            field("root", &ArchiveStatus::root),     field("ready", &ArchiveStatus::isReady),
            field("reason", &ArchiveStatus::reason), field("full", &ArchiveStatus::isFull).orDefault(),
            field("free", &ArchiveStatus::free),     field("total", &ArchiveStatus::total)};
    }
};

// Logins of one user from one address, or uploads of one user for one reason.
struct RefusedAttempts {
    QString user; // empty: refused before USER
    QString peer; // address; empty for uploads
    QString reason;
    qint64 count = 0;
    qint64 first = 0;
    qint64 last = 0;

    static constexpr auto fields()
    {
        return std::tuple{field("user", &RefusedAttempts::user),     field("peer", &RefusedAttempts::peer),
                          field("reason", &RefusedAttempts::reason), field("count", &RefusedAttempts::count),
                          field("first", &RefusedAttempts::first),   field("last", &RefusedAttempts::last)};
    }
};

// The reply to GetStatus, and a notification whenever it changes.
struct Status {
    bool isRunning = true; // always: `status --json` is the same with and without an engine
    qint64 pid = 0;
    QString version;
    qint64 started = 0;
    QVector<QString> addresses; // where it receives
    int port = 0;
    QString receiver;       // why nothing is received; empty: it is
    QString clock;          // why the PC's clock is distrusted; empty: it is trusted
    qint64 pausedUntil = 0; // 0: not paused
    ArchiveStatus archive;
    int examining = 0; // files awaiting examination
    int sessions = 0;
    int maxSessions = 0;
    int openFilesLimit = 0;
    QVector<RefusedAttempts> refusedLogIns; // of the last day, newest first
    QVector<RefusedAttempts> refusedUploads;
    QVector<CameraFault>
        faults;                // of cameras, newest first; attributed to a camera where its address is known
    QVector<TestUpload> tests; // of this run, one per user, newest first
    bool isStarting = false;   // files left by a crash may not be in the catalog yet
    std::optional<qint64> rebuilding; // files scanned so far, if that takes longer than a moment
    QVector<Problem> problems;
    std::optional<qint64> cameras; // none, like items and bytes: the catalog could not be read
    std::optional<qint64> items;
    std::optional<qint64> bytes;
    qint64 copyBytes = 0; // of low-res and other copies

    static constexpr QLatin1String kName{"status"};
    static constexpr auto fields()
    {
        return std::tuple{field("engine", &Status::isRunning),
                          field("pid", &Status::pid),
                          field("version", &Status::version),
                          field("started", &Status::started),
                          field("address", &Status::addresses),
                          field("port", &Status::port).within(0, 65535),
                          field("receiver", &Status::receiver),
                          field("clock", &Status::clock),
                          field("paused_until", &Status::pausedUntil),
                          field("archive", &Status::archive),
                          field("examining", &Status::examining),
                          field("sessions", &Status::sessions),
                          field("max_sessions", &Status::maxSessions),
                          field("open_files_limit", &Status::openFilesLimit),
                          field("refused_logins", &Status::refusedLogIns),
                          field("refused_uploads", &Status::refusedUploads),
                          field("faults", &Status::faults).orDefault(),
                          field("tests", &Status::tests).orDefault(),
                          field("starting", &Status::isStarting),
                          field("rebuilding", &Status::rebuilding),
                          field("problems", &Status::problems),
                          field("cameras", &Status::cameras),
                          field("items", &Status::items),
                          field("bytes", &Status::bytes),
                          field("copy_bytes", &Status::copyBytes).orDefault()};
    }
};

struct GetStatus {
    static constexpr QLatin1String kName{"status"};
    using Reply = Status;
    static constexpr auto fields() { return std::tuple{}; }
};

// Accepted from a client of any version, because it resolves the mismatch.
struct Quit {
    static constexpr QLatin1String kName{"quit"};
    using Reply = Nothing;
    static constexpr auto fields() { return std::tuple{}; }
};

} // namespace gatehouse::protocol
