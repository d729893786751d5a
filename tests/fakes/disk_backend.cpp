#include "fakes/disk_backend.h"

#include <QFile>
#include <QThread>
#include <QThreadPool>
#include <algorithm>

namespace gatehouse::tests
{

using namespace ftp;

class DiskUpload final : public Upload
{
public:
    DiskUpload(DiskBackend &backend, const UploadRequest &request, const QString &file)
        : m_backend(backend), m_file(file)
    {
        m_stored.path = request.path;
        m_stored.file = file;
        m_stored.mode = request.mode;
        m_stored.offset = request.offset;
        m_isOpen = m_file.open(QIODevice::ReadWrite | QIODevice::Unbuffered);
        if (request.mode == StoreMode::Append)
            m_file.seek(m_file.size());
        else if (request.offset > 0)
            m_file.seek(request.offset);
    }

    ~DiskUpload() override
    {
        if (m_backend.m_kept == this)
            m_backend.m_kept = nullptr;
        if (!m_finished)
            finish(UploadEnd::Cut);
    }

    void write(QByteArray chunk) override
    {
        m_file.write(chunk);
        ++m_stored.writes;
        if (m_backend.keeps)
            m_pending += chunk.size();
    }

    [[nodiscard]] qint64 pending() const override { return m_pending; }
    void onDrained(std::function<void()> drained) override { m_drained = std::move(drained); }

    void drain()
    {
        m_pending = 0;
        if (const auto drained = std::exchange(m_drained, nullptr))
            drained();
    }

    QFuture<Result<void>> finish(UploadEnd end) override
    {
        m_finished = true;
        m_stored.end = end;
        m_stored.bytes = m_file.size();
        m_file.close();
        const QMutexLocker lock(&m_backend.m_mutex);
        if (const auto error = std::exchange(m_backend.m_nextFinish, std::nullopt))
            return m_backend.answer<void>(tl::unexpected(*error));
        m_backend.ensureFolders(m_stored.path);
        DiskBackend::Node &node = m_backend.m_tree[m_stored.path];
        node.entry.name = m_stored.path.section(QLatin1Char('/'), -1);
        node.entry.bytes = m_stored.bytes;
        node.entry.modified = 1'700'000'000'000;
        node.file = m_stored.file;
        m_backend.m_stored.append(m_stored);
        return m_backend.answer<void>(Result<void>());
    }

    [[nodiscard]] bool isOpen() const { return m_isOpen; }

private:
    DiskBackend &m_backend;
    QFile m_file;
    DiskBackend::Stored m_stored;
    std::function<void()> m_drained;
    qint64 m_pending = 0;
    bool m_isOpen = false;
    bool m_finished = false;
};

template<typename T>
QFuture<Result<T>> DiskBackend::answer(Result<T> result) const
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    QFuture<Result<T>> future = promise->future();
    promise->start();
    const int wait = answerAfter;
    const auto resolve = [promise, result = std::move(result)] {
        promise->addResult(result);
        promise->finish();
    };
    if (wait == 0) {
        resolve();
    } else {
        QThreadPool::globalInstance()->start([resolve, wait] {
            QThread::msleep(ulong(wait));
            resolve();
        });
    }
    return future;
}

void DiskBackend::failNextLogIn(const Error &error)
{
    const QMutexLocker lock(&m_mutex);
    m_nextLogIn = error;
}

void DiskBackend::failNextBegin(const Error &error)
{
    const QMutexLocker lock(&m_mutex);
    m_nextBegin = error;
}

void DiskBackend::failNextFinish(const Error &error)
{
    const QMutexLocker lock(&m_mutex);
    m_nextFinish = error;
}

void DiskBackend::release()
{
    keeps = false;
    if (m_kept != nullptr)
        m_kept->drain();
}

QVector<DiskBackend::Stored> DiskBackend::stored() const
{
    const QMutexLocker lock(&m_mutex);
    return m_stored;
}

QByteArray DiskBackend::bytesOf(const QString &path) const
{
    const QMutexLocker lock(&m_mutex);
    QFile file(m_tree.value(path).file);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void DiskBackend::addFolder(const QString &path)
{
    makeFolder({}, path);
}

void DiskBackend::addFile(const QString &path, qint64 bytes, qint64 modified)
{
    const QMutexLocker lock(&m_mutex);
    m_tree.insert(path, {{path.section(QLatin1Char('/'), -1), false, bytes, modified}, {}});
}

QFuture<Result<AccountId>> DiskBackend::logIn(QString name, QByteArray word, QHostAddress,
                                              std::weak_ptr<const void> asker)
{
    ++m_logIns;
    {
        const QMutexLocker lock(&m_mutex);
        if (const auto error = std::exchange(m_nextLogIn, std::nullopt))
            return answer<AccountId>(tl::unexpected(*error));
    }
    Result<AccountId> result = AccountId{1};
    if (name != user || word != password)
        result = fail(ErrorKind::Denied, QStringLiteral("wrong user or password"));
    if (!holdsLogIns)
        return answer<AccountId>(std::move(result));
    const QMutexLocker lock(&m_mutex);
    m_heldLogIns.push_back(
        {std::make_shared<QPromise<Result<AccountId>>>(), std::move(result), std::move(asker)});
    m_heldLogIns.back().promise->start();
    return m_heldLogIns.back().promise->future();
}

void DiskBackend::answerLogIns()
{
    holdsLogIns = false;
    std::vector<HeldLogIn> held;
    {
        const QMutexLocker lock(&m_mutex);
        held.swap(m_heldLogIns);
    }
    for (const HeldLogIn &one : held) {
        one.promise->addResult(one.result);
        one.promise->finish();
    }
}

int DiskBackend::awaitedLogIns() const
{
    const QMutexLocker lock(&m_mutex);
    return int(std::count_if(m_heldLogIns.begin(), m_heldLogIns.end(),
                             [](const HeldLogIn &one) { return !one.asker.expired(); }));
}

DiskBackend::Tree::const_iterator DiskBackend::firstBelow(const QString &folder) const
{
    return m_tree.lowerBound(folder == QLatin1String("/") ? folder : folder + QLatin1Char('/'));
}

Result<QVector<Entry>> DiskBackend::list(AccountId account, const QString &folder, const QString &after,
                                         qsizetype most)
{
    ++m_lists;
    if (folder != QLatin1String("/")) {
        const auto self = stat(account, folder);
        if (!self || !self->isFolder)
            return fail(ErrorKind::NotFound, QStringLiteral("no such folder"));
    }
    const QMutexLocker lock(&m_mutex);
    const QString prefix = folder == QLatin1String("/") ? folder : folder + QLatin1Char('/');
    QVector<Entry> entries;
    auto it = after.isEmpty() ? firstBelow(folder) : m_tree.upperBound(prefix + after);
    for (; entries.size() < most && it != m_tree.cend() && it.key().startsWith(prefix); ++it) {
        if (!it.key().mid(prefix.size()).contains(QLatin1Char('/')))
            entries.append(it->entry);
    }
    return entries;
}

Result<Entry> DiskBackend::stat(AccountId, const QString &path)
{
    const QMutexLocker lock(&m_mutex);
    const auto found = m_tree.constFind(path);
    if (found == m_tree.cend())
        return fail(ErrorKind::NotFound, QStringLiteral("no such file"));
    return found->entry;
}

QFuture<Result<Entry>> DiskBackend::statWhenWritten(AccountId account, QString path)
{
    return answer<Entry>(stat(account, path));
}

Result<void> DiskBackend::makeFolder(AccountId, const QString &path)
{
    const QMutexLocker lock(&m_mutex);
    if (m_tree.contains(path))
        return fail(ErrorKind::Invalid, QStringLiteral("exists already"));
    ensureFolders(path);
    m_tree.insert(path, {{path.section(QLatin1Char('/'), -1), true, 0, 1'700'000'000'000}, {}});
    return {};
}

void DiskBackend::ensureFolders(const QString &path)
{
    for (qsizetype slash = path.indexOf(QLatin1Char('/'), 1); slash > 0;
         slash = path.indexOf(QLatin1Char('/'), slash + 1)) {
        const QString folder = path.left(slash);
        if (!m_tree.contains(folder))
            m_tree.insert(folder, {{folder.section(QLatin1Char('/'), -1), true, 0, 1'700'000'000'000}, {}});
    }
}

Result<void> DiskBackend::removeFolder(AccountId, const QString &path)
{
    const QMutexLocker lock(&m_mutex);
    const auto found = m_tree.constFind(path);
    if (found == m_tree.cend() || !found->entry.isFolder)
        return fail(ErrorKind::NotFound, QStringLiteral("no such folder"));
    const auto below = firstBelow(path);
    if (below != m_tree.cend() && below.key().startsWith(path + QLatin1Char('/')))
        return fail(ErrorKind::Invalid, QStringLiteral("not empty"));
    m_tree.erase(found);
    return {};
}

Result<void> DiskBackend::setModified(AccountId, const QString &path, qint64 utcMs)
{
    const QMutexLocker lock(&m_mutex);
    const auto found = m_tree.find(path);
    if (found == m_tree.end())
        return fail(ErrorKind::NotFound, QStringLiteral("no such file"));
    found->entry.modified = utcMs;
    return {};
}

QFuture<Result<void>> DiskBackend::remove(AccountId, QString path)
{
    const QMutexLocker lock(&m_mutex);
    const auto found = m_tree.constFind(path);
    if (found == m_tree.cend() || found->entry.isFolder)
        return answer<void>(fail(ErrorKind::NotFound, QStringLiteral("no such file")));
    m_tree.erase(found);
    return answer<void>(Result<void>());
}

QFuture<Result<void>> DiskBackend::rename(AccountId, QString from, QString to)
{
    const QMutexLocker lock(&m_mutex);
    if (!m_tree.contains(from))
        return answer<void>(fail(ErrorKind::NotFound, QStringLiteral("no such file")));
    Node node = m_tree.take(from);
    node.entry.name = to.section(QLatin1Char('/'), -1);
    m_tree.insert(to, node);
    return answer<void>(Result<void>());
}

Result<std::unique_ptr<Upload>> DiskBackend::beginUpload(const UploadRequest &request)
{
    const QMutexLocker lock(&m_mutex);
    if (const auto error = std::exchange(m_nextBegin, std::nullopt))
        return tl::unexpected(*error);
    const int number = ++m_begun;
    const QString earlier = m_tree.value(request.path).file;
    const bool goesOn = request.mode == StoreMode::Append || request.offset > 0;
    const QString file =
        goesOn && !earlier.isEmpty() ? earlier : m_folder + QStringLiteral("/%1.bin").arg(number);
    auto upload = std::make_unique<DiskUpload>(*this, request, file);
    if (!upload->isOpen())
        return fail(ErrorKind::Unavailable, QStringLiteral("the disk is gone"));
    m_kept = upload.get();
    return upload;
}

} // namespace gatehouse::tests
