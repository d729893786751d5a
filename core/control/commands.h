// Commands to the engine, the same for the window (over the control socket), for the command-line subcommands
// and for an engine in this process. Every reply arrives as a future. Call on the thread that created it.
#pragma once

#include "base/result.h"
#include "base/when_done.h"
#include "protocol/codec.h"

#include <QFuture>
#include <QJsonObject>
#include <QString>

namespace gatehouse::control
{

class Commands
{
public:
    Commands() = default;
    Q_DISABLE_COPY_MOVE(Commands)
    virtual ~Commands() = default;

    // Unavailable: no engine can be reached. Otherwise its handler's errors; Invalid: its reply cannot be
    // parsed.
    template<protocol::Command C>
    QFuture<Result<typename C::Reply>> send(const C &command)
    {
        return replyOf<typename C::Reply>(call(C::kName, protocol::toJson(command)));
    }
    // A command without fields, by name: the action of a problem (see protocol::Problem).
    QFuture<Result<protocol::Nothing>> sendAction(const QString &name)
    {
        return replyOf<protocol::Nothing>(call(name, {}));
    }

    // False: every command is Unavailable until the engine is back.
    [[nodiscard]] virtual bool isConnected() const { return true; }

    // Like send(), in JSON: for transports.
    virtual QFuture<Result<QJsonObject>> call(QString name, QJsonObject arguments) = 0;

private:
    template<protocol::Record Reply>
    static QFuture<Result<Reply>> replyOf(QFuture<Result<QJsonObject>> answer)
    {
        return converted(
            answer, [](const Result<QJsonObject> &json) { return json.and_then(protocol::fromJson<Reply>); });
    }
};

} // namespace gatehouse::control
