#include "ingest/folder_tree.h"

#include "archive/layout.h"
#include "base/byte_name.h"

#include <QCoreApplication>
#include <QFile>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <memory>
#include <sys/stat.h>

namespace gatehouse::ingest
{

namespace
{

class Walk
{
public:
    Walk(const QString &folder, const std::optional<ArchiveMark> &without)
        : m_root(QFile::encodeName(folder)), m_without(without)
    {
    }

    FolderTree run(const std::atomic_bool &stopping)
    {
        m_folders.append(QByteArray());
        while (!m_folders.isEmpty() && !stopping)
            read(m_folders.takeLast());
        std::sort(m_tree.files.begin(), m_tree.files.end(),
                  [](const TreeFile &a, const TreeFile &b) { return a.name < b.name; });
        return std::move(m_tree);
    }

private:
    void read(const QByteArray &folder)
    {
        const std::unique_ptr<DIR, int (*)(DIR *)> entries(::opendir((m_root + folder).constData()),
                                                           &::closedir);
        if (!entries) {
            m_tree.unread.append(QStringLiteral("%1: %2").arg(readableName(nameFromBytes(folder)),
                                                              QString::fromLocal8Bit(std::strerror(errno))));
            return;
        }
        if (m_without && archiveMarkIn(m_root + folder) == m_without) {
            m_tree.unread.append(QCoreApplication::translate("Importer", "%1 is Gatehouse's own archive")
                                     .arg(readableName(nameFromBytes(folder))));
            return;
        }
        while (const dirent *entry = ::readdir(entries.get())) {
            const QByteArray name(entry->d_name);
            if (name != "." && name != "..")
                take(folder + '/' + name);
        }
    }

    void take(const QByteArray &below)
    {
        const QByteArray path = m_root + below;
        struct stat found {
        };
        if (::lstat(path.constData(), &found) != 0)
            return; // deleted since it was listed
        if (S_ISDIR(found.st_mode))
            m_folders.append(below);
        else if (S_ISREG(found.st_mode))
            m_tree.files.append({path, nameFromBytes(below), qint64(found.st_size),
                                 qint64(found.st_mtim.tv_sec) * 1000 + found.st_mtim.tv_nsec / 1'000'000});
    }

    const QByteArray m_root;
    const std::optional<ArchiveMark> m_without;
    QVector<QByteArray> m_folders; // yet to be read
    FolderTree m_tree;
};

} // namespace

std::optional<ArchiveMark> archiveMarkIn(const QByteArray &folder)
{
    struct stat found {
    };
    if (::lstat((folder + '/' + archive::kIdFileName.toUtf8()).constData(), &found) != 0)
        return std::nullopt;
    return ArchiveMark{found.st_ino, qint64(found.st_mtim.tv_sec) * 1'000'000'000 + found.st_mtim.tv_nsec,
                       found.st_size};
}

FolderTree readTree(const QString &folder, const std::optional<ArchiveMark> &without,
                    const std::atomic_bool &stopping)
{
    return Walk(folder, without).run(stopping);
}

} // namespace gatehouse::ingest
