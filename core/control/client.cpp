#include "control/client.h"

#include "base/version.h"
#include "control/change_relay.h"
#include "control/json_lines.h"
#include "control/peer_credentials.h"
#include "protocol/engine.h"
#include "protocol/version.h"

#include <QHash>
#include <QLocalSocket>
#include <QLoggingCategory>
#include <QPromise>
#include <QTimer>

namespace gatehouse::control
{

namespace
{
Q_LOGGING_CATEGORY(lcClient, "gatehouse.control")

constexpr int kRetryMs = 200;

using Answer = Result<QJsonObject>;
using Waiting = std::shared_ptr<QPromise<Answer>>;

void resolve(const Waiting &waiting, Answer answer)
{
    waiting->addResult(std::move(answer));
    waiting->finish();
}
} // namespace

struct Client::Private {
    QString socketPath;
    QLocalSocket socket;
    QTimer retry;
    LineBuffer lines;
    catalog::Changes changes;
    Notifications notifications;
    QHash<qint64, Waiting> waiting;
    qint64 lastId = 0;
    bool wanted = false;
    bool up = false;
    bool isIncompatible = false; // the connected engine has another version
    protocol::Greeting engine;
    VersionAdvice advice;   // on the connected engine
    bool isForeign = false; // reported once, but retried

    void takeGreeting(Client *q, const QJsonObject &message);
    void failAll();
    void take(Client *q, const QJsonObject &message);
};

Client::Client(QString socketPath, QObject *parent) : QObject(parent), d(new Private)
{
    d->socketPath = std::move(socketPath);
    relayChanges(d->notifications, d->changes);
    d->retry.setInterval(kRetryMs);
    d->retry.setSingleShot(true);
    connect(&d->retry, &QTimer::timeout, this, &Client::connectToEngine);
    connect(&d->socket, &QLocalSocket::readyRead, this, [this] {
        const auto messages = d->lines.add(d->socket.readAll());
        if (!messages) {
            d->socket.abort();
            return;
        }
        for (const QJsonObject &message : *messages)
            d->take(this, message);
    });
    connect(&d->socket, &QLocalSocket::connected, this, [this] {
        if (isTrustedEngine(d->socket))
            return;
        if (!std::exchange(d->isForeign, true))
            qCWarning(lcClient).noquote() << d->socketPath << "is another user's; it is left alone";
        d->socket.abort();
    });
    connect(&d->socket, &QLocalSocket::stateChanged, this, [this](QLocalSocket::LocalSocketState state) {
        if (state != QLocalSocket::UnconnectedState)
            return;
        d->lines = {};
        const bool wasThere = std::exchange(d->up, false) || std::exchange(d->isIncompatible, false);
        d->isIncompatible = false;
        d->failAll();
        if (wasThere)
            Q_EMIT disconnected();
        if (d->wanted)
            d->retry.start();
    });
}

Client::~Client()
{
    d->wanted = false;
    d->socket.disconnect(this);
    d->failAll();
}

void Client::connectToEngine()
{
    d->wanted = true;
    if (d->socket.state() == QLocalSocket::UnconnectedState)
        d->socket.connectToServer(d->socketPath);
}

bool Client::isConnected() const
{
    return d->up;
}

catalog::Changes &Client::changes()
{
    return d->changes;
}

Notifications &Client::notifications()
{
    return d->notifications;
}

QFuture<Answer> Client::call(QString name, QJsonObject arguments)
{
    const auto waiting = std::make_shared<QPromise<Answer>>();
    waiting->start();
    QFuture<Answer> answer = waiting->future();
    if (!d->up && !(d->isIncompatible && name == protocol::Quit::kName)) {
        resolve(waiting,
                fail(ErrorKind::Unavailable,
                     d->isIncompatible ? d->advice.text : tr("The Gatehouse engine is not running")));
        return answer;
    }
    const qint64 id = ++d->lastId;
    d->waiting.insert(id, waiting);
    d->socket.write(toLine({{QStringLiteral("protocol"), protocol::kVersion},
                            {QStringLiteral("id"), id},
                            {QStringLiteral("do"), name},
                            {QStringLiteral("with"), arguments}}));
    return answer;
}

const protocol::Greeting &Client::engine() const
{
    return d->engine;
}

const VersionAdvice &Client::advice() const
{
    return d->advice;
}

void Client::Private::takeGreeting(Client *q, const QJsonObject &message)
{
    const int version = message.value(QLatin1String("protocol")).toInt();
    // Engines before this member, and newer ones with another, are still told apart by the protocol.
    engine = protocol::fromJson<protocol::Greeting>(message.value(QLatin1String("engine")).toObject())
                 .value_or(protocol::Greeting());
    const QString own = buildVersion();
    advice = adviceOn({version, engine.version}, {protocol::kVersion, own});
    if (!advice.text.isEmpty())
        qCWarning(lcClient).noquote() << advice.text;
    Q_EMIT q->versionChecked(advice);
    isIncompatible = version != protocol::kVersion;
    if (isIncompatible) {
        Q_EMIT q->incompatible(advice.text);
        return;
    }
    // A socket connects before the engine accepts it: only now does the engine notify this client.
    up = true;
    Q_EMIT q->connected();
    Q_EMIT changes.reset();
}

void Client::Private::failAll()
{
    const auto lost = std::exchange(waiting, {});
    for (const Waiting &one : lost)
        resolve(one,
                fail(ErrorKind::Unavailable, Client::tr("The connection to the Gatehouse engine was lost")));
}

void Client::Private::take(Client *q, const QJsonObject &message)
{
    const QString notification = message.value(QLatin1String("notification")).toString();
    // Version 1 called notifications facts.
    if (notification == kGreeting || message.value(QLatin1String("fact")).toString() == kGreeting) {
        takeGreeting(q, message);
        return;
    }
    if (!notification.isEmpty()) {
        Q_EMIT notifications.arrived(notification, message.value(QLatin1String("values")).toObject());
        return;
    }
    const Waiting waitingFor = waiting.take(message.value(QLatin1String("id")).toInteger());
    if (!waitingFor)
        return;
    const QJsonObject error = message.value(QLatin1String("error")).toObject();
    if (error.isEmpty())
        resolve(waitingFor, message.value(QLatin1String("ok")).toObject());
    else
        resolve(waitingFor,
                tl::unexpected(Error{errorKindFromName(error.value(QLatin1String("kind")).toString()),
                                     error.value(QLatin1String("text")).toString(),
                                     {},
                                     error.value(QLatin1String("field")).toString()}));
}

} // namespace gatehouse::control
