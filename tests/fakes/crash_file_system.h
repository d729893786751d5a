// A file system in memory that remembers what of it is on the disk, as the strictest file system POSIX
// allows: contents are safe after the file's sync, a name (made, renamed, removed, file or folder) after the
// sync of the folder that holds it, and nothing else is. afterCrash() is what may be found afterwards.
// Thread-safe. When the power is cut, every call fails with Unavailable.
#pragma once

#include "base/file_system.h"
#include "fakes/power.h"

#include <QHash>
#include <QMap>
#include <QMutex>
#include <QRandomGenerator>
#include <memory>

namespace gatehouse::tests
{

class CrashFileSystem : public FileSystem
{
public:
    explicit CrashFileSystem(std::shared_ptr<Power> power);

    enum class Survives {
        OnlySynced, // all that was not synced is gone
        Names,      // every name reached the disk, unsynced contents did not: empty and torn files
        Contents,   // the other way round
        Everything, // the disk was quicker than it had to be
        AnyMixture  // each name and each content by chance (from the seed), contents also torn
    };
    // What a machine started anew finds. The seed tells mixtures apart.
    [[nodiscard]] std::unique_ptr<CrashFileSystem> afterCrash(Survives survives, quint32 seed,
                                                              std::shared_ptr<Power> power) const;

    // To show that a proof can fail: from now on "sync" of files or "syncFolder" says yes and does
    // nothing where the path contains `part`.
    void forget(const QString &operation, const QString &part);

    Result<int> create(const QString &path) override;
    Result<int> openAppend(const QString &path) override;
    Result<void> write(int fd, QByteArrayView bytes) override;
    Result<void> copyInto(int fd, const QString &from, qint64 bytes) override;
    Result<void> truncate(int fd, qint64 bytes) override;
    void startWriteback(int) override {}
    Result<void> sync(int fd) override;
    void close(int fd) override;
    Result<void> rename(const QString &from, const QString &to) override;
    Result<void> replace(const QString &from, const QString &to) override;
    Result<void> link(const QString &from, const QString &to) override;
    Result<void> remove(const QString &path) override;
    Result<void> makeFolder(const QString &path) override;
    Result<void> removeFolder(const QString &path) override;
    Result<void> syncFolder(const QString &path) override;
    Result<QByteArray> read(const QString &path, qint64 offset, qint64 bytes) override;
    Result<FileStat> stat(const QString &path) override;
    Result<QStringList> list(const QString &folder) override;
    Result<Space> space(const QString &path) override;
    Result<void> writable(const QString &folder) override;

private:
    struct Node;
    using NodePointer = std::shared_ptr<Node>;
    struct Node {
        bool isFolder = false;
        QByteArray bytes;
        QByteArray synced;
        QMap<QString, NodePointer> names;
        QMap<QString, NodePointer> syncedNames;
    };
    // A path's folder (null: there is none) and last part.
    struct Place {
        NodePointer folder;
        QString name;
    };
    [[nodiscard]] NodePointer find(const QString &path) const;
    [[nodiscard]] Place placeOf(const QString &path) const;
    enum class Naming { Rename, Replace, Link };
    Result<void> name(const QString &from, const QString &to, Naming naming);
    Result<void> step(); // asks the power
    Result<int> openedAs(const NodePointer &node, const QString &path);
    [[nodiscard]] bool isForgotten(QLatin1String operation, const QString &path) const;
    static NodePointer survivor(const Node &node, Survives survives, QRandomGenerator &chance,
                                QHash<const Node *, NodePointer> &done);

    const std::shared_ptr<Power> m_power;
    mutable QMutex m_mutex;
    NodePointer m_root;
    QHash<int, NodePointer> m_open;
    QHash<int, QString> m_openPaths;
    QString m_forgottenOperation;
    QString m_forgottenPart;
    int m_lastFd = 1000;
};

} // namespace gatehouse::tests
