// An engine for windows under test: the real one in this process, with its own handlers, in a temporary
// folder, and what a window is given (reader pool, client, services). Main thread.
#pragma once

#include "app/engine/engine.h"
#include "app/engine/engine_commands.h"
#include "app/engine/notifications.h"
#include "app/engine/storage_feature.h"
#include "archive/archive.h"
#include "catalog/operations/add_item.h"
#include "catalog/operations/cameras.h"
#include "catalog/reader_pool.h"
#include "catalog/writer.h"
#include "control/client.h"
#include "control/server.h"
#include "models/services.h"
#include "protocol/engine.h"

#include <QCryptographicHash>
#include <QTemporaryDir>
#include <QTest>

namespace gatehouse::tests
{

template<typename T>
Result<T> resultOf(QFuture<Result<T>> future)
{
    future.waitForFinished();
    return future.takeResult();
}

// Passes on to the engine's handlers what a window sends, and remembers it. The engine of a test receives
// nothing; its status says otherwise.
class RecordedCommands final : public control::Commands
{
public:
    explicit RecordedCommands(control::Commands &handlers) : m_handlers(handlers) {}

    QFuture<Result<QJsonObject>> call(QString name, QJsonObject arguments) override
    {
        m_sent.append({name, arguments});
        if (m_refusals.contains(name))
            return answered<Result<QJsonObject>>(tl::unexpected(m_refusals.value(name)));
        const auto answer = m_handlers.call(name, arguments);
        if (name != protocol::GetStatus::kName)
            return answer;
        return QFuture(answer).then(QtFuture::Launch::Sync, [shown = shown](const Result<QJsonObject> &json) {
            return json.and_then(protocol::fromJson<protocol::Status>).map([shown](protocol::Status status) {
                status.addresses = {QStringLiteral("192.168.1.20"), QStringLiteral("10.0.0.4")};
                status.port = 2121;
                return protocol::toJson(shown.value_or(status));
            });
        });
    }

    template<protocol::Command C>
    [[nodiscard]] qsizetype count() const
    {
        return std::count_if(m_sent.begin(), m_sent.end(),
                             [](const auto &one) { return one.first == C::kName; });
    }
    // The last one of its type; there is one.
    template<protocol::Command C>
    [[nodiscard]] C last() const
    {
        const auto found = std::find_if(m_sent.crbegin(), m_sent.crend(),
                                        [](const auto &one) { return one.first == C::kName; });
        return found == m_sent.crend() ? C() : protocol::fromJson<C>(found->second).value_or(C());
    }
    // From now on they are not carried out.
    template<protocol::Command C>
    void refuse(const QString &sentence, const QString &field = {})
    {
        m_refusals.insert(C::kName, Error{ErrorKind::Invalid, sentence, {}, field});
    }

    std::optional<protocol::Status> shown; // instead of the engine's

private:
    control::Commands &m_handlers;
    QVector<std::pair<QString, QJsonObject>> m_sent;
    QHash<QString, Error> m_refusals; // by command
};

class EngineFixture
{
public:
    enum class Receives { Nothing, OnLoopback };

    explicit EngineFixture(Receives receives = Receives::Nothing)
        : engine(optionsOf(folder.filePath(QStringLiteral("data")), receives)), writer(startedWriter()),
          handlers(engine), commands(handlers),
          server(std::make_unique<control::Server>(socket(), commands, writer->changes())),
          reader(engine.context().options.paths.catalog()), client(socket())
    {
        if (receives == Receives::OnLoopback)
            app::forwardNotifications(engine, handlers, server->notifications());
        if (!server->listen())
            qFatal("the control socket is taken");
        client.connectToEngine();
        if (!QTest::qWaitFor([this] { return client.isConnected(); }, 10'000))
            qFatal("no connection to the engine");
        // A reply shows that the server has this client on its list: from now on no notification is missed.
        const auto reply = client.send(protocol::GetStatus());
        if (!QTest::qWaitFor([&reply] { return reply.isFinished(); }, 10'000))
            qFatal("the engine does not answer");
    }

    [[nodiscard]] models::Services services()
    {
        return {reader, client.changes(), client, folder.filePath(QStringLiteral("cache"))};
    }

    catalog::Camera addCamera(const QString &name)
    {
        return *resultOf(writer->submit(catalog::AddCamera{name, catalog::Account()}));
    }

    // Something with bytes of its own, received three seconds after it was captured. cameraKey: what its path
    // says of the camera.
    ItemId add(const catalog::Camera &camera, Kind kind, qint64 captured, Trigger trigger = Trigger::Motion,
               const QString &cameraKey = {})
    {
        catalog::NewItem item;
        item.id = writer->ids().next();
        item.account = camera.account;
        item.cameraKey = cameraKey;
        item.cameraName = cameraKey;
        item.kind = kind;
        item.trigger = trigger;
        item.hint.utc = captured;
        item.hint.source = TimeSource::Name;
        item.received = captured + 3'000;
        item.bytes = 1'000'000;
        item.sha256 = QCryptographicHash::hash(QByteArray::number(item.id.value), QCryptographicHash::Sha256);
        item.archive = engine.storage().archive().id();
        item.relativePath = QStringLiteral("a/%1").arg(item.id.value);
        item.sourcePath = QStringLiteral("/up/%1").arg(item.id.value);
        return resultOf(writer->submit(catalog::AddItem{item}))->item;
    }

    // The settings as `change` leaves them are the engine's.
    void applySettings(const std::function<void(settings::Settings &)> &change)
    {
        settings::Settings wanted = engine.context().settings;
        change(wanted);
        if (const auto applied = engine.apply(wanted); !applied)
            qFatal("%s", qPrintable(applied.error().text));
    }

    // The window loses its engine, and finds one again that does not know it.
    void restartServer()
    {
        server.reset();
        server = std::make_unique<control::Server>(socket(), commands, writer->changes());
        if (!server->listen())
            qFatal("the control socket is taken");
    }

    // What the window is told from now on.
    void show(const protocol::Status &status)
    {
        commands.shown = status;
        server->notify(status);
    }

    [[nodiscard]] QString socket() const { return folder.filePath(QStringLiteral("control")); }

    QTemporaryDir folder;
    SystemClock clock;
    app::Engine engine;
    catalog::Writer *const writer;
    app::EngineCommands handlers;
    RecordedCommands commands;
    std::unique_ptr<control::Server> server;
    catalog::ReaderPool reader;
    control::Client client;

private:
    static app::EngineOptions optionsOf(const QString &data, Receives receives)
    {
        app::EngineOptions out;
        out.paths = settings::Paths::of(data);
        out.receive = receives == Receives::OnLoopback;
        out.bind = QStringLiteral("127.0.0.1");
        out.ftpPort = 0;
        out.worker = QStringLiteral(GATEHOUSE_PROGRAM); // else this test would run itself
        return out;
    }

    catalog::Writer *startedWriter()
    {
        if (const auto started = engine.start(); !started)
            qFatal("%s", qPrintable(started.error().text));
        return &engine.storage().writer();
    }
};

} // namespace gatehouse::tests
