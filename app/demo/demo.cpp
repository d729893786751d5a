#include "app/demo/demo.h"
#include "app/engine/receiver_feature.h"
#include "app/engine/storage_feature.h"
#include "catalog/reader_pool.h"

#include "base/when_done.h"
#include "demo/demo_house.h"
#include "protocol/camera.h"

#include <QLoggingCategory>

namespace gatehouse::app
{

namespace
{

Q_LOGGING_CATEGORY(lcDemo, "gatehouse.demo")

// A demo camera from an earlier run already has an account: it gets a new password.
QFuture<Result<demo::Credentials>> accountFor(Engine &engine, EngineCommands &commands, const QString &name)
{
    const auto cameras =
        engine.storage().readers().ask([](catalog::Reader &reader) { return reader.cameras(); });
    const auto login = andThen(cameras, &engine, [&commands, name](const QVector<catalog::Camera> &known) {
        for (const catalog::Camera &camera : known) {
            if (camera.name == name)
                return commands.send(protocol::SetCameraPassword{camera.id});
        }
        return commands.send(protocol::AddCamera{name});
    });
    return andThen(login, &engine, [](const protocol::CameraLogin &made) -> Result<demo::Credentials> {
        return demo::Credentials{made.user, made.password};
    });
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
