#include "app/engine/camera_login.h"

#include "app/engine/receiver_feature.h"
#include "app/engine/storage_feature.h"
#include "catalog/operations/cameras.h"
#include "catalog/reader_pool.h"
#include "catalog/writer.h"
#include "ftp/backend.h"

namespace gatehouse::app
{

namespace
{

struct Sharing {
    catalog::Camera camera;
    QVector<QString> others; // names
};

Result<Sharing> sharingOf(catalog::Reader &reader, CameraId id)
{
    const auto cameras = reader.cameras();
    if (!cameras)
        return tl::unexpected(cameras.error());
    Sharing out;
    for (const catalog::Camera &camera : *cameras) {
        if (camera.id == id)
            out.camera = camera;
    }
    if (!out.camera.id.isValid())
        return fail(ErrorKind::NotFound, EngineCommands::tr("Unknown camera: %1").arg(id.value));
    for (const catalog::Camera &camera : *cameras) {
        if (camera.account == out.camera.account && camera.id != id)
            out.others.append(camera.name);
    }
    return out;
}

protocol::CameraLogin loginOn(const ReceiverFeature &receiver, const settings::Receiver &settings,
                              const catalog::Camera &camera)
{
    protocol::CameraLogin out;
    out.camera = camera.id;
    out.name = camera.name;
    out.user = camera.user;
    for (const QHostAddress &address : receiver.addressesForCameras())
        out.addresses.append(address.toString());
    out.port = receiver.portForCameras();
    out.passiveFirst = settings.passiveFirst;
    out.passiveLast = settings.passiveLast;
    out.isTlsRequired = settings.tlsRules.value(camera.user).isRequired;
    out.minTls = settings.minTlsOf(camera.user);
    out.isAnonymous = ftp::isAnonymous(camera.user);
    return out;
}

} // namespace

Replied<protocol::CameraLogin> loginOf(Engine &engine, CameraId camera, const QString &password)
{
    const auto sharing = engine.storage().readers().ask(
        [camera](catalog::Reader &reader) { return sharingOf(reader, camera); });
    const auto account = andThen(sharing, &engine, [&engine](const Sharing &found) {
        return engine.storage().writer().submit(catalog::FindAccount{found.camera.user});
    });
    return andThen(
        account, &engine,
        [&engine, sharing, password](const catalog::Account &found) -> Result<protocol::CameraLogin> {
            const Sharing known = *sharing.result();
            protocol::CameraLogin out =
                loginOn(engine.receiver(), engine.context().settings.receiver, known.camera);
            out.password = password;
            out.isEnabled = found.enabled;
            out.others = known.others;
            return out;
        });
}

} // namespace gatehouse::app
