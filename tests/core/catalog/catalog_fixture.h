// A catalog in a temporary folder with a clock that the test sets, and short forms for what tests do
// again and again.
#pragma once

#include "catalog/operations/add_item.h"
#include "catalog/operations/cameras.h"
#include "catalog/reader.h"
#include "catalog/writer.h"
#include "fakes/set_clock.h"

#include <QCryptographicHash>
#include <QTemporaryDir>
#include <QTest>

namespace gatehouse::tests
{

constexpr qint64 kTestNow = 1'781'272'938'000; // 2026-06-12T14:02:18Z

// Waits, and fails loudly instead of hanging.
template<typename T>
Result<T> awaited(QFuture<Result<T>> future)
{
    future.waitForFinished();
    return future.takeResult();
}

class CatalogFixture
{
public:
    explicit CatalogFixture(QByteArray zone = "UTC") : clock(kTestNow)
    {
        m_options.databasePath = folder.filePath(QStringLiteral("catalog.sqlite"));
        m_options.defaultZone = std::move(zone);
        open();
    }

    void open()
    {
        reader.reset();
        writer.reset();
        auto opened = catalog::Writer::open(m_options, clock);
        if (!opened)
            qFatal("%s", qPrintable(opened.error().text + opened.error().where));
        writer = std::move(*opened);
        reader = std::move(*catalog::Reader::open(path()));
    }

    [[nodiscard]] QString path() const { return m_options.databasePath; }

    catalog::Camera addCamera(const QString &name)
    {
        return *awaited(writer->submit(catalog::AddCamera{name, catalog::Account()}));
    }

    // Bytes that no other item has, unless `content` says which.
    catalog::NewItem item(AccountId account, Kind kind, qint64 captured, const QString &content = {})
    {
        catalog::NewItem item;
        item.id = writer->ids().next();
        item.account = account;
        item.kind = kind;
        item.trigger = Trigger::Motion;
        item.hint.utc = captured;
        item.hint.source = TimeSource::Name;
        item.received = captured + 3'000;
        item.bytes = 1'000 + item.id.value % 97;
        const QString bytes = content.isEmpty() ? QString::number(item.id.value) : content;
        item.sha256 = QCryptographicHash::hash(bytes.toUtf8(), QCryptographicHash::Sha256);
        item.archive = QStringLiteral("disk");
        item.relativePath = QStringLiteral("a/%1").arg(item.id.value);
        item.sourcePath = QStringLiteral("/up/%1").arg(bytes);
        return item;
    }

    catalog::Added add(const catalog::NewItem &item)
    {
        const auto added = awaited(writer->submit(catalog::AddItem{item}));
        if (!added)
            qFatal("%s", qPrintable(added.error().text + added.error().where));
        return *added;
    }

    QTemporaryDir folder;
    SetClock clock;
    std::unique_ptr<catalog::Writer> writer;
    std::unique_ptr<catalog::Reader> reader;

private:
    catalog::WriterOptions m_options;
};

} // namespace gatehouse::tests
