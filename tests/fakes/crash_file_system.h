// An in-memory file system that tracks what has reached the disk, as strict as POSIX allows: contents are
// safe after the file's sync, a name (created, renamed, removed, file or folder) after the sync of its
// folder, and nothing else is. afterCrash() returns what may be found afterwards.
// Thread-safe. After the power cut, every call fails with Unavailable.
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
        OnlySynced, // everything that was not synced is lost
        Names,      // every name reached the disk, unsynced contents did not: empty and torn files
        Contents,   // the reverse
        Everything, // the disk wrote everything early
        AnyMixture  // each name and each content at random (from the seed), contents also torn
    };
    // What a rebooted machine finds. The seed selects the mixture.
    [[nodiscard]] std::unique_ptr<CrashFileSystem> afterCrash(Survives survives, quint32 seed,
                                                              std::shared_ptr<Power> power) const;

    // Proves that a test can fail: from now on, "sync" of files or "syncFolder" succeeds without effect if
    // the path contains `part`.
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
    // A path's folder (null: it does not exist) and last component.
    struct Place {
        NodePointer folder;
        QString name;
    };
    [[nodiscard]] NodePointer find(const QString &path) const;
    [[nodiscard]] Place placeOf(const QString &path) const;
    enum class Naming { Rename, Replace, Link };
    Result<void> name(const QString &from, const QString &to, Naming naming);
    Result<void> step(); // asks Power
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
