// Lists the files of an old folder tree by their raw names: trees from other systems contain names that are
// not UTF-8, which Qt skips. Does not follow links. Blocks on disk.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QVector>
#include <atomic>
#include <optional>

namespace gatehouse::ingest
{

// Identifies the identity file of an archive's root, through whichever mount of its disk it is seen.
struct ArchiveMark {
    quint64 number = 0;  // inode number
    qint64 modified = 0; // ns
    qint64 bytes = 0;

    friend bool operator==(const ArchiveMark &, const ArchiveMark &) = default;
};
std::optional<ArchiveMark> archiveMarkIn(const QByteArray &folder);

struct TreeFile {
    QByteArray path; // absolute, raw bytes
    QString name;    // below the folder, with a leading slash; as UTF-8, otherwise Latin-1
    qint64 bytes = 0;
    qint64 modified = 0; // UTC ms
};

struct FolderTree {
    QVector<TreeFile> files; // sorted by name
    QStringList unread;      // folders that could not be read, each with the reason
};

// Excludes the folder with that mark, which is reported as unread.
FolderTree readTree(const QString &folder, const std::optional<ArchiveMark> &without,
                    const std::atomic_bool &stopping);

} // namespace gatehouse::ingest
