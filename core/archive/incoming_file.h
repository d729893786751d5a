// One file in incoming/ while it is written and hashed. Only on its upload's storage thread; after an error
// it has removed itself and ignores further bytes. Destroying it unsealed removes it.
#pragma once

#include "archive/archive.h"
#include "archive/incoming_hash.h"
#include "archive/journal.h"
#include "archive/parallel_fsync.h"
#include "archive/root_watch.h"

#include <optional>

namespace gatehouse::archive
{

// Shared by all parts of an open archive.
struct ArchiveContext {
    ArchiveContext(FileSystem &f, const Clock &c, QString r, const ArchiveId &identity)
        : files(f), clock(c), root(std::move(r)), watch(f, c, root, identity)
    {
    }
    [[nodiscard]] QString pathOf(const QString &relative) const { return root + QLatin1Char('/') + relative; }

    FileSystem &files;
    const Clock &clock;
    const QString root;
    RootWatch watch;
    ParallelFsync fsyncs{4};
    JournalsInUse journals;
    // One for all files: it is several times as fast as a network.
    StorageThread hashing{QStringLiteral("hashing")};
};

class IncomingFile
{
public:
    IncomingFile(std::shared_ptr<ArchiveContext> context, StagingOptions options, QString path);
    ~IncomingFile();
    Q_DISABLE_COPY_MOVE(IncomingFile)

    // `owner` keeps `bytes` alive until they are written and hashed.
    void append(QByteArrayView bytes, const std::shared_ptr<const void> &owner);

    // --- for the batch: nothing more is appended
    Result<void> seal(); // returns the first error so far; creates an empty file if nothing was written
    Result<void> sync();
    // The file then stays at `path` when this object is destroyed.
    Result<void> moveTo(const QString &path);
    void discard();

    [[nodiscard]] qint64 bytes() const { return m_bytes; }
    // These wait for the hashing thread, which has had the time of the sync to catch up.
    [[nodiscard]] QByteArray sha256() const { return m_hash.sha256(); }
    [[nodiscard]] bool prefixMatches() const { return m_hash.prefixMatches(); }

private:
    Result<void> open();
    Result<void> copyPrefix();
    void failWith(const Error &error);

    const std::shared_ptr<ArchiveContext> m_owner;
    ArchiveContext &m_context;
    const StagingOptions m_options;
    const QString m_path;
    IncomingHash m_hash;
    std::optional<Error> m_error;
    int m_fd = -1;
    bool m_exists = false;
    qint64 m_bytes = 0;
    qint64 m_writtenBack = 0;
};

} // namespace gatehouse::archive
