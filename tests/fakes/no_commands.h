// An engine that cannot be reached: every command fails with Unavailable.
#pragma once

#include "control/commands.h"

#include <QPromise>

namespace gatehouse::tests
{

class NoCommands final : public control::Commands
{
public:
    QFuture<Result<QJsonObject>> run(QString, QJsonObject) override
    {
        QPromise<Result<QJsonObject>> promise;
        promise.start();
        promise.addResult(fail(ErrorKind::Unavailable, QStringLiteral("no engine")));
        promise.finish();
        return promise.future();
    }
};

} // namespace gatehouse::tests
