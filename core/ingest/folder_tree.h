// The files of an old folder tree, under the names that the disk has for them: trees from other systems hold
// names that are no UTF-8, and those Qt passes over. Links are not followed. Blocks on disk.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QVector>
#include <atomic>
#include <optional>

namespace gatehouse::ingest
{

// The identity file of an archive's root: the same one by whichever mount of its disk it is seen.
struct ArchiveMark {
    quint64 number = 0;  // of the file on its disk
    qint64 modified = 0; // ns
    qint64 bytes = 0;

    friend bool operator==(const ArchiveMark &, const ArchiveMark &) = default;
};
std::optional<ArchiveMark> archiveMarkIn(const QByteArray &folder);

struct TreeFile {
    QByteArray path; // absolute, as the disk has it
    QString name;    // below the folder, with a slash before it; as UTF-8, or else as Latin-1
    qint64 bytes = 0;
    qint64 modified = 0; // UTC ms
};

struct FolderTree {
    QVector<TreeFile> files; // by name
    QStringList unread;      // folders that could not be read, each with the reason
};

// Without what lies in the folder with that mark: it is told of as unread.
FolderTree readTree(const QString &folder, const std::optional<ArchiveMark> &without,
                    const std::atomic_bool &stopping);

} // namespace gatehouse::ingest
