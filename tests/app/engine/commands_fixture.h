// A real engine in a temporary folder, with its command handlers and secrets in memory. Main thread.
#pragma once

#include "app/engine/engine.h"
#include "app/engine/engine_commands.h"
#include "app/engine/notifications.h"
#include "app/engine/storage_feature.h"
#include "archive/archive.h"
#include "catalog/operations/add_item.h"
#include "catalog/reader_pool.h"
#include "catalog/writer.h"
#include "fakes/fake_secrets.h"
#include "support/durations.h"

#include <QCryptographicHash>
#include <QTemporaryDir>
#include <QTest>

namespace gatehouse::tests
{

class CommandsFixture
{
public:
    enum class Receives { Nothing, OnLoopback };

    explicit CommandsFixture(Receives receives = Receives::Nothing)
        : engine(optionsOf(folder.filePath(QStringLiteral("data")), receives, secrets)),
          writer(startedWriter())
    {
        app::forwardNotifications(engine, commands, notifications);
    }

    // Runs the event loop until the reply is there.
    template<protocol::Command C>
    Result<typename C::Reply> send(const C &command)
    {
        return awaited(commands.send(command));
    }
    template<typename T>
    static Result<T> awaited(const QFuture<Result<T>> &future)
    {
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, kPatience) || future.resultCount() == 0)
            return fail(ErrorKind::Unavailable, QStringLiteral("no reply"));
        return future.result();
    }

    // As the catalog has it; a default one: it is not there.
    catalog::Camera camera(CameraId id)
    {
        const auto all =
            awaited(engine.storage().readers().ask([](catalog::Reader &reader) { return reader.cameras(); }));
        for (const catalog::Camera &one : all.value_or(QVector<catalog::Camera>())) {
            if (one.id == id)
                return one;
        }
        return {};
    }
    std::optional<catalog::Item> item(ItemId id)
    {
        return awaited(
                   engine.storage().readers().ask([id](catalog::Reader &reader) { return reader.item(id); }))
            .value_or(std::nullopt);
    }
    std::optional<catalog::Event> event(EventId id)
    {
        return awaited(
                   engine.storage().readers().ask([id](catalog::Reader &reader) { return reader.event(id); }))
            .value_or(std::nullopt);
    }

    // cameraKey: what its path says of the camera.
    ItemId add(CameraId of, const QString &cameraKey = {})
    {
        catalog::NewItem item;
        item.id = writer.ids().next();
        item.account = camera(of).account;
        item.cameraKey = cameraKey;
        item.cameraName = cameraKey;
        item.kind = Kind::Clip;
        item.trigger = Trigger::Motion;
        item.hint.utc = engine.context().clock.now();
        item.hint.source = TimeSource::Name;
        item.received = item.hint.utc;
        item.bytes = 100;
        item.sha256 = QCryptographicHash::hash(QByteArray::number(item.id.value), QCryptographicHash::Sha256);
        item.archive = engine.storage().archive().id();
        item.relativePath = QStringLiteral("a/%1").arg(item.id.value);
        item.sourcePath = QStringLiteral("/up/%1").arg(item.id.value);
        return awaited(writer.submit(catalog::AddItem{item}))->item;
    }

    QTemporaryDir folder;
    FakeSecrets secrets;
    app::Engine engine;
    catalog::Writer &writer;
    app::EngineCommands commands{engine};
    control::Notifications notifications;

private:
    static app::EngineOptions optionsOf(const QString &data, Receives receives, secrets::Secrets &kept)
    {
        app::EngineOptions out;
        out.paths = settings::Paths::of(data);
        out.receive = receives == Receives::OnLoopback;
        if (out.receive) {
            out.bind = QStringLiteral("127.0.0.1");
            out.ftpPort = 0;
        }
        out.secrets = &kept;
        out.worker = QStringLiteral(GATEHOUSE_PROGRAM); // else this test would run itself
        return out;
    }

    catalog::Writer &startedWriter()
    {
        if (const auto started = engine.start(); !started)
            qFatal("%s", qPrintable(started.error().text));
        return engine.storage().writer();
    }
};

} // namespace gatehouse::tests
