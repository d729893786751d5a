#include "offsite_fixture.h"

#include "catalog/operations/archives.h"
#include "db/connection.h"
#include "s3/digest.h"
#include "support/durations.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QUrl>

namespace gatehouse::tests
{

namespace
{

const S3User kMemoryUser{"key", "secret"};

} // namespace

MemoryBucket::MemoryBucket() : m_server([this](FaultConnection &connection) { serve(connection); }) {}

s3::ClientOptions MemoryBucket::options() const
{
    return optionsFor(QStringLiteral("http://127.0.0.1:%1").arg(m_server.port()), QStringLiteral("bucket"),
                      kMemoryUser);
}

QMap<QString, StoredBytes> MemoryBucket::objects() const
{
    const std::lock_guard lock(m_mutex);
    return m_objects;
}

int MemoryBucket::requests() const
{
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

void MemoryBucket::put(const QString &key, const QByteArray &bytes)
{
    const std::lock_guard lock(m_mutex);
    m_objects[key] = {bytes, s3::sha256Of(bytes).toHex(), 1};
}

void MemoryBucket::setHook(Hook hook)
{
    const std::lock_guard lock(m_mutex);
    m_hook = std::move(hook);
}

void MemoryBucket::serve(FaultConnection &connection)
{
    while (!connection.readHead().isEmpty()) {
        const QList<QByteArray> line = connection.requestLine().split(' ');
        const QByteArray target = line.value(1);
        const QByteArray body = connection.readBody();
        if (target.contains("?uploads")) {
            connection.answer("200 OK", "<ListMultipartUploadsResult></ListMultipartUploadsResult>",
                              "Content-Type: application/xml\r\n");
            continue;
        }
        const QString key = QUrl::fromPercentEncoding(target.mid(QByteArray("/bucket/").size()));
        Hook hook;
        {
            const std::lock_guard lock(m_mutex);
            ++m_requests;
            hook = m_hook;
        }
        if (!hook || !hook(connection, line.first(), key, body))
            answer(connection, line.first(), key, body);
    }
}

void MemoryBucket::answer(FaultConnection &connection, const QByteArray &method, const QString &key,
                          const QByteArray &body)
{
    const std::lock_guard lock(m_mutex);
    if (method == "PUT") {
        if (connection.header("x-amz-content-sha256") != s3::sha256Of(body).toHex())
            return connection.answerError("400 Bad Request", "XAmzContentSHA256Mismatch");
        const int puts = m_objects.value(key).puts + 1;
        m_objects[key] = {body, connection.header("x-amz-meta-sha256"), puts};
        return connection.answer("200 OK", {}, "ETag: \"" + s3::md5Of(body).toHex() + "\"\r\n");
    }
    const auto found = m_objects.constFind(key);
    if (found == m_objects.constEnd())
        return connection.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(found->bytes.size()) +
                    "\r\nETag: \"" + s3::md5Of(found->bytes).toHex() +
                    "\"\r\nx-amz-meta-sha256: " + found->sha256 + "\r\n\r\n");
}

OffsiteFixture::OffsiteFixture()
{
    QDir().mkpath(path("archive"));
    QDir().mkpath(path("cache"));
    makeLowRes = [](ItemId) {
        return answered(
            Result<catalog::Derivative>(fail(ErrorKind::Corrupt, QStringLiteral("no copies are made here"))));
    };
    restart();
    operate(catalog::SetArchive{QStringLiteral("disk"), path("archive")});
    camera = *operate(catalog::AddCamera{QStringLiteral("Door"), catalog::Account()});
}

void OffsiteFixture::restart()
{
    copier.reset();
    writer.reset();
    catalog::WriterOptions options;
    options.databasePath = path("catalog.sqlite");
    options.defaultZone = "UTC";
    auto opened = catalog::Writer::open(options, clock);
    if (!opened)
        qFatal("%s", qPrintable(opened.error().text));
    writer = std::move(*opened);
    offsite::Surroundings surroundings;
    surroundings.isArchiveThere = [this] { return isArchiveThere; };
    surroundings.cacheFolder = path("cache");
    surroundings.makeLowRes = [this](ItemId item) { return makeLowRes(item); };
    copier = std::make_unique<offsite::OffsiteCopier>(*writer, surroundings, clock);
}

offsite::Options OffsiteFixture::options(const s3::ClientOptions &client) const
{
    offsite::Options out;
    out.isSet = true;
    out.client = client;
    out.site = QStringLiteral("home");
    return out;
}

void OffsiteFixture::run(const offsite::Options &options)
{
    const auto applied = copier->apply(options);
    QVERIFY2(applied, qPrintable(applied ? QString() : applied.error().text));
    copier->start();
}

QString OffsiteFixture::fileOf(ItemId item) const
{
    return path("archive") + QLatin1Char('/') + QString::number(item.value);
}

ItemId OffsiteFixture::add(Kind kind, const QByteArray &bytes, const QString &name, qint64 ago)
{
    catalog::NewItem item;
    item.received = clock.now() - ago;
    item.id = ago == 0 ? writer->ids().next() : firstItemAt(item.received);
    item.account = camera.account;
    item.kind = kind;
    item.trigger = Trigger::Motion;
    item.hint.utc = item.received;
    item.hint.source = TimeSource::Name;
    item.bytes = bytes.size();
    item.sha256 = s3::sha256Of(bytes);
    item.archive = QStringLiteral("disk");
    item.relativePath = QString::number(item.id.value);
    item.sourcePath = QLatin1Char('/') + name;
    QFile file(fileOf(item.id));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("the file cannot be written");
    file.close();
    const auto added = operate(catalog::AddItem{item});
    if (!added)
        qFatal("%s", qPrintable(added.error().text));
    return item.id;
}

bool OffsiteFixture::waitUntil(const std::function<bool(const offsite::OutboxCounts &)> &isSo)
{
    QElapsedTimer waited;
    waited.start();
    while (waited.elapsed() < kPatience) {
        const auto counts = operate(offsite::CountOutbox{});
        if (counts && isSo(*counts))
            return true;
        QTest::qWait(10);
    }
    for (const auto &one : rows())
        qWarning("%s", qPrintable(one));
    return false;
}

QStringList OffsiteFixture::rows() const
{
    QStringList out;
    const auto connection = *db::Connection::open({path("catalog.sqlite"), true});
    db::Statement row = connection->query("SELECT * FROM outbox ORDER BY item, part");
    while (row.step()) {
        QStringList values;
        for (int column = 0; column < 24; ++column)
            values.append(row.text(column));
        out.append(values.join(QLatin1Char('|')));
    }
    return out;
}

bool OffsiteFixture::waitUntilDurable(int files)
{
    return waitUntil([files](const offsite::OutboxCounts &counts) { return counts.durable.files == files; });
}

bool OffsiteFixture::waitUntilAllDurable(int files)
{
    return waitUntil([files](const offsite::OutboxCounts &counts) {
        qint64 waiting = 0;
        for (const offsite::OutboxCount &one : counts.waiting)
            waiting += one.files;
        return waiting == 0 && counts.durable.files == files && !counts.isLookingThrough;
    });
}

} // namespace gatehouse::tests
