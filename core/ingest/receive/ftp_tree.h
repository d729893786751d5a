// What one account sees of itself over FTP: the folders it made and the files it sent, as a camera
// expects to find them, while the files themselves lie in the archive. Paths are absolute and
// normalized. One thread.
// The only place that decides how a change affects a tree. Whatever must survive a restart is written through
// to the catalog, row by row (catalog/tables/ftp_entry.h). The tree stays in memory because a session asks
// several times per file (CWD, STOR, SIZE) on a thread that never waits for a disk, and because empty files,
// connection tests and the folders above a file never get a row.
// Bounded, because a camera may be anybody's program: folders are refused beyond it, and of files, which are
// never refused, the older half is forgotten.
#pragma once

#include "catalog/types/camera.h"
#include "ftp/backend.h"

#include <QCoreApplication>
#include <map>

namespace gatehouse::ingest
{

class FtpTree
{
    Q_DECLARE_TR_FUNCTIONS(FtpTree)

public:
    struct Bounds {
        qsizetype entries = 150'000;
        qsizetype folders = 20'000;       // that may be made
        qsizetype characters = 8'000'000; // of all paths together; folders may take half of them
    };

    FtpTree() = default;
    explicit FtpTree(Bounds bounds) : m_bounds(bounds) {}
    FtpTree(const QVector<catalog::FtpEntry> &entries, qint64 now);

    // In the order of their names, at most `most` of those behind `after`, which need not be there (any
    // more); empty: from the first. Costs as much as what it returns, whatever lies deeper.
    [[nodiscard]] Result<QVector<ftp::Entry>> list(const QString &folder, const QString &after,
                                                   qsizetype most) const;
    [[nodiscard]] Result<ftp::Entry> stat(const QString &path) const;
    // The file at a path; null for folders and what is not there. Valid until the next change.
    [[nodiscard]] const catalog::FtpEntry *file(const QString &path) const;
    [[nodiscard]] bool isFolder(const QString &path) const;

    // Invalid: taken. NotFound: the folder above is missing. Full: there are too many.
    Result<void> makeFolder(const QString &path, qint64 now);
    Result<void> removeFolder(const QString &path); // Invalid: not empty
    // A file that came in; the folders above it are made, what was there before is replaced.
    void put(const catalog::FtpEntry &entry, qint64 now);
    Result<void> setModified(const QString &path, qint64 utcMs);
    Result<void> remove(const QString &path);
    // A file or a folder with all below. A file at `to` is replaced, as cameras expect.
    // Answers every moved path; empty if `from` is `to`.
    Result<QVector<catalog::FtpMove>> rename(const QString &from, const QString &to);
    // Forgets what came before `before` (UTC ms) and folders that are empty since.
    void forget(qint64 before);
    [[nodiscard]] qsizetype size() const { return qsizetype(m_nodes.size()); }
    [[nodiscard]] qsizetype characters() const { return m_characters; }

private:
    struct Node {
        catalog::FtpEntry entry;
        qint64 seen = 0;
    };
    using Nodes = std::map<QString, Node>;

    [[nodiscard]] Nodes::const_iterator firstBelow(const QString &folder) const;
    [[nodiscard]] static bool isBelow(const QString &path, const QString &folder);
    void makeFoldersAbove(const QString &path, qint64 now);
    Node &insert(const QString &path, Node node);
    Nodes::iterator erase(Nodes::iterator node);
    void keepWithinBounds();
    void forgetEmptyFolders(qint64 before);

    Bounds m_bounds;
    Nodes m_nodes; // without the root
    qsizetype m_characters = 0;
    qsizetype m_folders = 0;
};

} // namespace gatehouse::ingest
