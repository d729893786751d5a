// Passes each command to the handler of its type. Call on the thread that created it; handlers run there.
#pragma once

#include "base/futures.h"
#include "base/when_done.h"
#include "control/commands.h"

#include <functional>
#include <map>

namespace gatehouse::control
{

class Dispatcher : public Commands
{
public:
    // handler: takes const C &, returns Result<C::Reply> or a future of one. One handler per command type.
    template<protocol::Command C, typename Handler>
    void on(Handler handler)
    {
        m_handlers.insert_or_assign(C::kName, [handler = std::move(handler)](const QJsonObject &arguments) {
            const Result<C> command = protocol::fromJson<C>(arguments);
            if (!command)
                return answered<Answer>(tl::unexpected(command.error()));
            return answerOf<typename C::Reply>(handler(*command));
        });
    }

    // NotFound: no handler.
    QFuture<Result<QJsonObject>> call(QString name, QJsonObject arguments) override;

private:
    using Answer = Result<QJsonObject>;

    template<protocol::Record Reply>
    static Answer inJson(const Result<Reply> &reply)
    {
        return reply.map(protocol::toJson<Reply>);
    }
    template<protocol::Record Reply>
    static QFuture<Answer> answerOf(const Result<Reply> &reply)
    {
        return answered(inJson(reply));
    }
    template<protocol::Record Reply>
    static QFuture<Answer> answerOf(QFuture<Result<Reply>> reply)
    {
        return converted(reply, inJson<Reply>);
    }

    std::map<QString, std::function<QFuture<Answer>(const QJsonObject &arguments)>> m_handlers;
};

} // namespace gatehouse::control
