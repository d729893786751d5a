#include "control/server.h"

#include "base/version.h"
#include "base/when_done.h"
#include "control/change_relay.h"
#include "control/json_lines.h"
#include "control/peer_credentials.h"
#include "protocol/engine.h"
#include "protocol/version.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QHash>
#include <QLocalServer>
#include <QLocalSocket>
#include <QLoggingCategory>

namespace gatehouse::control
{

namespace
{
Q_LOGGING_CATEGORY(lcControl, "gatehouse.control")

// A client that does not read (a stopped window) must not exhaust the engine's memory.
constexpr qint64 kMaxUnsent = 16 << 20;

QJsonObject answerTo(qint64 id, const Result<QJsonObject> &answer)
{
    if (answer)
        return {{QStringLiteral("id"), id}, {QStringLiteral("ok"), *answer}};
    QJsonObject error{{QStringLiteral("kind"), errorKindName(answer.error().kind)},
                      {QStringLiteral("text"), answer.error().text}};
    if (!answer.error().field.isEmpty())
        error.insert(QStringLiteral("field"), answer.error().field);
    return {{QStringLiteral("id"), id}, {QStringLiteral("error"), error}};
}
} // namespace

struct Server::Private {
    Private(QString path, Commands &carriedOutBy) : socketPath(std::move(path)), commands(carriedOutBy) {}

    QString socketPath;
    Commands &commands;
    protocol::Greeting greeting{buildVersion(), QCoreApplication::applicationPid(), {}};
    QLocalServer listener;
    QHash<QLocalSocket *, LineBuffer> clients;
    Notifications notifications;

    void accept(Server *q);
    void read(QLocalSocket *client);
    void carryOut(QLocalSocket *client, const QJsonObject &request);
    void sendToAll(const QString &notification, const QJsonObject &values);
    static void send(QLocalSocket *client, const QByteArray &line);
};

Server::Server(QString socketPath, Commands &commands, catalog::Changes &changes, QObject *parent)
    : QObject(parent), d(new Private(std::move(socketPath), commands))
{
    d->listener.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&d->listener, &QLocalServer::newConnection, this, [this] { d->accept(this); });
    relayChanges(changes, d->notifications);
    connect(&d->notifications, &Notifications::arrived, this,
            [this](const QString &notification, const QJsonObject &values) {
                d->sendToAll(notification, values);
            });
}

Server::~Server()
{
    for (auto it = d->clients.keyBegin(); it != d->clients.keyEnd(); ++it)
        (*it)->disconnect(this);
}

void Server::setGreeting(const protocol::Greeting &greeting)
{
    d->greeting = greeting;
}

Result<void> Server::listen()
{
    if (const auto folder = makePrivateFolder(d->socketPath); !folder)
        return folder;
    if (d->listener.listen(d->socketPath))
        return {};
    // The caller holds the engine's lock, so an existing socket is left over from a killed engine.
    QLocalServer::removeServer(d->socketPath);
    if (d->listener.listen(d->socketPath))
        return {};
    if (QFileInfo(d->socketPath).isDir())
        return fail(ErrorKind::Denied,
                    tr("%1 is a folder, and a socket is to be there. Move it away.").arg(d->socketPath),
                    QStringLiteral("control"));
    return fail(ErrorKind::Unavailable,
                QStringLiteral("%1: %2").arg(d->socketPath, d->listener.errorString()),
                QStringLiteral("control"));
}

Notifications &Server::notifications()
{
    return d->notifications;
}

void Server::Private::sendToAll(const QString &notification, const QJsonObject &values)
{
    if (clients.isEmpty())
        return;
    const QByteArray line =
        toLine({{QStringLiteral("notification"), notification}, {QStringLiteral("values"), values}});
    const QList<QLocalSocket *> all = clients.keys();
    for (QLocalSocket *client : all)
        send(client, line);
}

void Server::Private::accept(Server *q)
{
    while (QLocalSocket *client = listener.nextPendingConnection()) {
        if (!isTrustedClient(*client)) {
            qCWarning(lcControl) << "another user of this PC was refused";
            client->abort();
            client->deleteLater();
            continue;
        }
        clients.insert(client, {});
        // Version 1 called notifications facts: its window considers itself connected only after this one,
        // and only then sends a command that can be refused.
        send(client, toLine({{QStringLiteral("notification"), kGreeting},
                             {QStringLiteral("fact"), kGreeting},
                             {QStringLiteral("protocol"), protocol::kVersion},
                             {QStringLiteral("engine"), protocol::toJson(greeting)}}));
        QObject::connect(client, &QLocalSocket::readyRead, q, [this, client] { read(client); });
        QObject::connect(client, &QLocalSocket::disconnected, q, [this, client] {
            clients.remove(client);
            client->deleteLater();
        });
    }
}

void Server::Private::read(QLocalSocket *client)
{
    const auto requests = clients[client].add(client->readAll());
    if (!requests) {
        qCWarning(lcControl) << requests.error().text;
        client->abort();
        return;
    }
    for (const QJsonObject &request : *requests)
        carryOut(client, request);
}

void Server::Private::carryOut(QLocalSocket *client, const QJsonObject &request)
{
    const qint64 id = request.value(QLatin1String("id")).toInteger();
    const QString name = request.value(QLatin1String("do")).toString();
    // Any version may stop the engine, because that resolves the mismatch.
    if (request.value(QLatin1String("protocol")).toInt() != protocol::kVersion &&
        name != protocol::Quit::kName) {
        const QString text =
            Server::tr("This window is from another version of Gatehouse. Close it, and open it again.");
        send(client, toLine(answerTo(id, fail(ErrorKind::Unavailable, text, QStringLiteral("control")))));
        return;
    }
    whenDone(commands.call(name, request.value(QLatin1String("with")).toObject()), client,
             [client, id](const Result<QJsonObject> &answer) { send(client, toLine(answerTo(id, answer))); });
}

void Server::Private::send(QLocalSocket *client, const QByteArray &line)
{
    if (client->bytesToWrite() > kMaxUnsent) {
        qCWarning(lcControl) << "a window does not read its notifications; closing its connection";
        client->abort();
        return;
    }
    client->write(line);
}

} // namespace gatehouse::control
