// A minimal real backend for the FTP receiver: uploads become files in one flat folder, the tree is a map.
// For protocol tests and for measuring the receiver alone; nothing is synced or catalogued.
// The receiver calls it on its thread, tests inspect it on theirs.
#pragma once

#include "ftp/backend.h"

#include <QMap>
#include <QMutex>
#include <QPromise>
#include <QStringList>
#include <atomic>
#include <memory>
#include <vector>

namespace gatehouse::tests
{

class DiskBackend final : public ftp::Backend
{
public:
    explicit DiskBackend(QString folder) : m_folder(std::move(folder)) {}

    struct Stored {
        QString path;
        QString file; // on disk
        qint64 bytes = 0;
        ftp::UploadEnd end = ftp::UploadEnd::Complete;
        ftp::StoreMode mode = ftp::StoreMode::Replace;
        qint64 offset = 0;
        int writes = 0; // how often the receiver handed over bytes
    };

    // Behaviour; set before or between sessions.
    QString user = QStringLiteral("cam");
    QByteArray password = "cam";
    std::atomic<int> answerAfter = 0;      // ms until futures are resolved, on another thread; 0: at once
    std::atomic<bool> keeps = false;       // pending() grows until release()
    std::atomic<bool> holdsLogIns = false; // until answerLogIns()
    void answerLogIns();
    // Held back, with their sessions still connected.
    [[nodiscard]] int awaitedLogIns() const;
    void failNextLogIn(const Error &error);
    void failNextBegin(const Error &error);
    void failNextFinish(const Error &error);
    void release(); // lets a held-back receiver continue

    // What happened.
    [[nodiscard]] QVector<Stored> stored() const;
    [[nodiscard]] QByteArray bytesOf(const QString &path) const;
    [[nodiscard]] int begun() const { return m_begun; }
    [[nodiscard]] int logIns() const { return m_logIns; }
    [[nodiscard]] int lists() const { return m_lists; }
    void addFolder(const QString &path);
    void addFile(const QString &path, qint64 bytes, qint64 modified);

    QFuture<Result<AccountId>> logIn(QString user, QByteArray password, QHostAddress peer,
                                     std::weak_ptr<const void> asker) override;
    Result<QVector<ftp::Entry>> list(AccountId account, const QString &folder, const QString &after,
                                     qsizetype most) override;
    Result<ftp::Entry> stat(AccountId account, const QString &path) override;
    QFuture<Result<ftp::Entry>> statWhenWritten(AccountId account, QString path) override;
    Result<void> makeFolder(AccountId account, const QString &path) override;
    Result<void> removeFolder(AccountId account, const QString &path) override;
    Result<void> setModified(AccountId account, const QString &path, qint64 utcMs) override;
    QFuture<Result<void>> remove(AccountId account, QString path) override;
    QFuture<Result<void>> rename(AccountId account, QString from, QString to) override;
    Result<std::unique_ptr<ftp::Upload>> beginUpload(const ftp::UploadRequest &request) override;

private:
    friend class DiskUpload;
    struct Node {
        ftp::Entry entry;
        QString file;
    };
    using Tree = QMap<QString, Node>; // by path
    void ensureFolders(const QString &path);
    [[nodiscard]] Tree::const_iterator firstBelow(const QString &folder) const;
    template<typename T>
    QFuture<Result<T>> answer(Result<T> result) const;

    mutable QMutex m_mutex;
    QString m_folder;
    Tree m_tree;
    QVector<Stored> m_stored;
    struct HeldLogIn {
        std::shared_ptr<QPromise<Result<AccountId>>> promise;
        Result<AccountId> result;
        std::weak_ptr<const void> asker;
    };
    std::vector<HeldLogIn> m_heldLogIns;
    std::optional<Error> m_nextLogIn;
    std::optional<Error> m_nextBegin;
    std::optional<Error> m_nextFinish;
    class DiskUpload *m_kept = nullptr;
    std::atomic<int> m_begun = 0;
    std::atomic<int> m_logIns = 0;
    std::atomic<int> m_lists = 0;
};

} // namespace gatehouse::tests
