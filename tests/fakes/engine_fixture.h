// An engine for windows under test: a real catalog writer and a real control server in this process,
// commands that work on that writer, and what a window is given (reader pool, client, services).
// Main thread.
#pragma once

#include "catalog/reader_pool.h"
#include "catalog/writer.h"
#include "control/client.h"
#include "control/server.h"
#include "models/services.h"
#include "settings/settings.h"

#include <QCryptographicHash>
#include <QJsonArray>
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

// Carries out on the writer what the window asks for, and remembers every command.
class WriterCommands final : public QObject, public control::Commands
{
public:
    using Answer = Result<QJsonObject>;

    explicit WriterCommands(catalog::Writer &writer) : m_writer(writer) {}

    QFuture<Answer> run(QString name, QJsonObject arguments) override
    {
        asked.append({name, arguments});
        if (refusals.contains(name))
            return now(fail(ErrorKind::Invalid, refusals.value(name)));
        if (name == QLatin1String("status"))
            return now(status());
        if (name == QLatin1String("camera.add"))
            return addCamera(arguments.value(QLatin1String("name")).toString());
        if (name == QLatin1String("camera.password"))
            return now(QJsonObject{{QStringLiteral("user"), QStringLiteral("porch")},
                                   {QStringLiteral("password"), password}});
        if (name == QLatin1String("settings.get"))
            return now(settings.toJson());
        if (name == QLatin1String("settings.set"))
            return setSettings(arguments);
        if (name == QLatin1String("camera.tls"))
            return now(QJsonObject());
        if (name == QLatin1String("receiver.pause") || name == QLatin1String("receiver.resume")) {
            const qint64 minutes = arguments.value(QLatin1String("minutes")).toInteger();
            pausedUntil = minutes > 0 ? QDateTime::currentMSecsSinceEpoch() + minutes * 60'000 : 0;
            return now(QJsonObject());
        }
        return onWriter(name, arguments);
    }

    [[nodiscard]] int count(const QString &name) const
    {
        return int(
            std::count_if(asked.begin(), asked.end(), [&](const auto &one) { return one.first == name; }));
    }
    [[nodiscard]] QJsonObject last(const QString &name) const
    {
        for (auto it = asked.crbegin(); it != asked.crend(); ++it) {
            if (it->first == name)
                return it->second;
        }
        return {};
    }

    QVector<std::pair<QString, QJsonObject>> asked;
    QHash<QString, QString> refusals; // command -> the sentence it is refused with
    settings::Settings settings;
    QString password = QStringLiteral("tulip-harbor-74");
    QStringList addresses{QStringLiteral("192.168.1.20"), QStringLiteral("10.0.0.4")};
    qint64 pausedUntil = 0;

private:
    static QFuture<Answer> now(Answer answer)
    {
        QPromise<Answer> promise;
        promise.start();
        promise.addResult(std::move(answer));
        promise.finish();
        return promise.future();
    }

    QJsonObject status() const
    {
        const QJsonObject archive{{QStringLiteral("ready"), true},
                                  {QStringLiteral("free"), qint64(1'600'000'000'000)},
                                  {QStringLiteral("total"), qint64(2'000'000'000'000)}};
        return {{QStringLiteral("address"), QJsonArray::fromStringList(addresses)},
                {QStringLiteral("port"), 2121},
                {QStringLiteral("paused_until"), pausedUntil},
                {QStringLiteral("archive"), archive}};
    }

    QFuture<Answer> addCamera(const QString &name)
    {
        const auto camera = resultOf(m_writer.addCamera(name, catalog::Account()));
        if (!camera)
            return now(tl::unexpected(camera.error()));
        return now(QJsonObject{{QStringLiteral("camera"), camera->id.value},
                               {QStringLiteral("user"), camera->user},
                               {QStringLiteral("password"), password}});
    }

    QFuture<Answer> setSettings(const QJsonObject &arguments)
    {
        const auto wanted = settings.with(arguments);
        if (!wanted)
            return now(tl::unexpected(wanted.error()));
        settings = *wanted;
        return now(QJsonObject());
    }

    QFuture<Answer> onWriter(const QString &name, const QJsonObject &arguments)
    {
        const CameraId camera{arguments.value(QLatin1String("camera")).toInteger()};
        Result<void> done;
        if (name == QLatin1String("camera.rename")) {
            done = resultOf(m_writer.renameCamera(camera, arguments.value(QLatin1String("name")).toString()));
        } else if (name == QLatin1String("camera.zone")) {
            done = resultOf(
                m_writer.setCameraZone(camera, arguments.value(QLatin1String("zone")).toString().toLatin1()));
        } else if (name == QLatin1String("camera.offset")) {
            const bool learn = arguments.value(QLatin1String("learn")).toBool();
            done = resultOf(m_writer.setCameraOffset(
                camera, arguments.value(QLatin1String("offset_ms")).toInteger(), !learn));
        } else if (name == QLatin1String("camera.merge")) {
            done =
                resultOf(m_writer.mergeCameras(CameraId{arguments.value(QLatin1String("from")).toInteger()},
                                               CameraId{arguments.value(QLatin1String("into")).toInteger()}));
        } else if (name == QLatin1String("camera.split")) {
            done = resultOf(m_writer.splitCamera(camera));
        } else if (name == QLatin1String("camera.remove")) {
            done = resultOf(m_writer.removeCamera(camera, arguments.value(QLatin1String("evidence")).toBool(),
                                                  arguments.value(QLatin1String("reason")).toString()));
        } else if (name == QLatin1String("event.review")) {
            done = resultOf(m_writer.setReviewed(EventId{arguments.value(QLatin1String("event")).toInteger()},
                                                 arguments.value(QLatin1String("reviewed")).toBool()));
        } else if (name == QLatin1String("item.protect")) {
            done = resultOf(m_writer.setProtected(ItemId{arguments.value(QLatin1String("item")).toInteger()},
                                                  arguments.value(QLatin1String("protected")).toBool()));
        } else if (name == QLatin1String("item.remove")) {
            catalog::RemovalRequest request{{}, arguments.value(QLatin1String("reason")).toString()};
            for (const QJsonValue &item : arguments.value(QLatin1String("items")).toArray())
                request.items.append(ItemId{item.toInteger()});
            const auto removed = resultOf(m_writer.removeItems(request));
            if (!removed)
                return now(tl::unexpected(removed.error()));
        } else {
            done = fail(ErrorKind::NotFound, QStringLiteral("Unknown command: %1").arg(name));
        }
        return done ? now(QJsonObject()) : now(tl::unexpected(done.error()));
    }

    catalog::Writer &m_writer;
};

class EngineFixture
{
public:
    EngineFixture()
        : writer(openWriter()), commands(*writer),
          server(std::make_unique<control::Server>(socket(), commands, writer->changes())),
          reader(databasePath()), client(socket())
    {
        if (!server->listen())
            qFatal("the control socket is taken");
        client.connectToEngine();
        if (!QTest::qWaitFor([this] { return client.isConnected(); }, 10'000))
            qFatal("no connection to the engine");
        // An answer shows that the server has this client on its list: from now on no notification is missed.
        const auto answer = client.run(QStringLiteral("status"), {});
        if (!QTest::qWaitFor([&answer] { return answer.isFinished(); }, 10'000))
            qFatal("the engine does not answer");
    }

    [[nodiscard]] models::Services services()
    {
        return {reader, client.changes(), client, folder.filePath(QStringLiteral("posters"))};
    }

    catalog::Camera addCamera(const QString &name)
    {
        return *resultOf(writer->addCamera(name, catalog::Account()));
    }

    // Something with bytes of its own, received three seconds after it was captured.
    ItemId add(const catalog::Camera &camera, Kind kind, qint64 captured, Trigger trigger = Trigger::Motion)
    {
        catalog::NewItem item;
        item.id = writer->nextItemId();
        item.account = camera.account;
        item.kind = kind;
        item.trigger = trigger;
        item.hint.utc = captured;
        item.hint.source = TimeSource::Name;
        item.received = captured + 3'000;
        item.bytes = 1'000'000;
        item.sha256 = QCryptographicHash::hash(QByteArray::number(item.id.value), QCryptographicHash::Sha256);
        item.archive = QStringLiteral("disk");
        item.relativePath = QStringLiteral("a/%1").arg(item.id.value);
        item.sourcePath = QStringLiteral("/up/%1").arg(item.id.value);
        return resultOf(writer->addItem(item))->item;
    }

    [[nodiscard]] QString databasePath() const { return folder.filePath(QStringLiteral("catalog.db")); }
    [[nodiscard]] QString socket() const { return folder.filePath(QStringLiteral("control")); }

    QTemporaryDir folder;
    SystemClock clock;
    std::unique_ptr<catalog::Writer> writer;
    WriterCommands commands;
    std::unique_ptr<control::Server> server;
    catalog::ReaderPool reader;
    control::Client client;

private:
    std::unique_ptr<catalog::Writer> openWriter()
    {
        catalog::WriterOptions options;
        options.databasePath = databasePath();
        options.defaultZone = "UTC";
        auto opened = catalog::Writer::open(options, clock);
        if (!opened)
            qFatal("%s", qPrintable(opened.error().text));
        return std::move(*opened);
    }
};

} // namespace gatehouse::tests
