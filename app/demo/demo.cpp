#include "app/demo/demo.h"

#include "app/engine/receiver_feature.h"
#include "app/engine/storage_feature.h"
#include "base/futures.h"
#include "catalog/reader_pool.h"
#include "demo/demo_house.h"

#include <QLoggingCategory>

namespace gatehouse::app
{

namespace
{

Q_LOGGING_CATEGORY(lcDemo, "gatehouse.demo")

// A demo camera of an earlier run has an account already: it gets a new password.
QFuture<Result<demo::Credentials>> accountFor(Engine &engine, EngineCommands &commands, const QString &name)
{
    const SharedPromise<Result<demo::Credentials>> answer;
    engine.storage()
        .readers()
        .ask([](catalog::Reader &reader) { return reader.cameras(); })
        .then(&engine, [&engine, &commands, answer, name](const Result<QVector<catalog::Camera>> &cameras) {
            CameraId known;
            for (const catalog::Camera &camera : cameras.value_or(QVector<catalog::Camera>())) {
                if (camera.name == name)
                    known = camera.id;
            }
            const auto asked = known.isValid() ? commands.run(QStringLiteral("camera.password"),
                                                              {{QStringLiteral("camera"), known.value}})
                                               : commands.run(QStringLiteral("camera.add"),
                                                              {{QStringLiteral("name"), name}});
            QFuture<Result<QJsonObject>>(asked).then(&engine, [answer](const Result<QJsonObject> &made) {
                if (!made) {
                    answer.resolve(tl::unexpected(made.error()));
                    return;
                }
                answer.resolve(demo::Credentials{made->value(QLatin1String("user")).toString(),
                                                 made->value(QLatin1String("password")).toString()});
            });
        });
    return answer.future();
}

} // namespace

std::unique_ptr<QObject> startDemo(Engine &engine, EngineCommands &commands)
{
    auto house = std::make_unique<demo::DemoHouse>(
        QHostAddress(QHostAddress::LocalHost), engine.receiver().port(),
        [&engine, &commands](const QString &name) { return accountFor(engine, commands, name); },
        engine.context().clock);
    QObject::connect(house.get(), &demo::DemoHouse::failed, &engine,
                     [](const QString &camera, const QString &reason) {
                         qCWarning(lcDemo).noquote() << camera << reason;
                     });
    house->start();
    return house;
}

} // namespace gatehouse::app
