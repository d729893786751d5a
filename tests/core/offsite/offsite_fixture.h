// A catalog, an archive folder with files, and a copier; and a bucket in memory that fails as a test says.
#pragma once

#include "catalog/catalog_fixture.h"
#include "offsite/offsite_copier.h"
#include "offsite/outbox.h"
#include "s3/s3_fixture.h"
#include "support/fault_server.h"

#include <QMap>
#include <functional>
#include <mutex>

namespace gatehouse::tests
{

struct StoredBytes {
    QByteArray bytes;
    QByteArray sha256; // as its metadata says
    int puts = 0;      // how often it was stored
};

// PUT, HEAD, and a list of multipart uploads that is empty. Thread-safe.
class MemoryBucket
{
public:
    // True: the test has answered. Called on the server's threads, with the body read.
    using Hook = std::function<bool(FaultConnection &, const QByteArray &method, const QString &key,
                                    const QByteArray &body)>;

    MemoryBucket();

    [[nodiscard]] s3::ClientOptions options() const;
    [[nodiscard]] QMap<QString, StoredBytes> objects() const;
    [[nodiscard]] int requests() const;
    void put(const QString &key, const QByteArray &bytes);
    void setHook(Hook hook);

private:
    void serve(FaultConnection &connection);
    void answer(FaultConnection &connection, const QByteArray &method, const QString &key,
                const QByteArray &body);

    mutable std::mutex m_mutex;
    QMap<QString, StoredBytes> m_objects;
    Hook m_hook;
    int m_requests = 0;
    FaultServer m_server; // last: its threads use the rest
};

class OffsiteFixture
{
public:
    OffsiteFixture();

    // Opens catalog and copier again, as a new run does.
    void restart();
    offsite::Options options(const s3::ClientOptions &client) const;
    // Applies, and starts.
    void run(const offsite::Options &options);

    // A file of the archive and its item, which arrived so many ms ago.
    ItemId add(Kind kind, const QByteArray &bytes, const QString &name, qint64 ago = 0);
    [[nodiscard]] QString fileOf(ItemId item) const;

    template<typename Operation>
    auto operate(Operation operation)
    {
        return awaited(writer->submit(std::move(operation)));
    }
    // Waits for it; false: not within the patience of tests.
    bool waitUntil(const std::function<bool(const offsite::OutboxCounts &)> &isSo);
    bool waitUntilAllDurable(int files);
    // Whatever else waits, as the poster of a clip does that nobody has examined.
    bool waitUntilDurable(int files);
    // Of the outbox, each its columns.
    [[nodiscard]] QStringList rows() const;

    QTemporaryDir folder;
    WrongClock clock;
    std::unique_ptr<catalog::Writer> writer;
    bool isArchiveThere = true;
    std::function<QFuture<Result<catalog::Derivative>>(ItemId)> makeLowRes;
    std::unique_ptr<offsite::OffsiteCopier> copier;
    catalog::Camera camera;

private:
    [[nodiscard]] QString path(const char *name) const { return folder.filePath(QLatin1String(name)); }
};

} // namespace gatehouse::tests
