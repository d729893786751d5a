// camera.add, .rename, .remove, .password, .zone, .offset, .tls, .merge, .split
#include "accounts/password.h"
#include "app/engine/engine_commands.h"
#include "app/engine/storage_feature.h"
#include "archive/archive.h"
#include "base/futures.h"
#include "catalog/reader_pool.h"
#include "catalog/writer.h"

#include <QLoggingCategory>
#include <QTimeZone>
#include <algorithm>

namespace gatehouse::app
{

namespace
{

Q_LOGGING_CATEGORY(lcCameras, "gatehouse.cameras")

constexpr qsizetype kMaxName = 80;
constexpr qsizetype kMaxSecret = 128; // user or password: cameras' forms take less
constexpr qint64 kMaxOffset = 36LL * 3'600'000;

CommandAnswer refuse(const Error &error)
{
    return answered<Result<QJsonObject>>(tl::unexpected(error));
}

bool isOneLine(const QString &text)
{
    return std::none_of(text.begin(), text.end(), [](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Separator_Line ||
               c.category() == QChar::Separator_Paragraph;
    });
}

Result<QString> nameOf(const QJsonObject &arguments)
{
    auto name = textOf(arguments, "name");
    if (name && name->size() > kMaxName)
        return fail(ErrorKind::Invalid,
                    EngineCommands::tr("Enter a name of at most %1 characters").arg(kMaxName));
    if (name && !isOneLine(*name))
        return fail(ErrorKind::Invalid, EngineCommands::tr("Enter a name without control characters"));
    return name;
}

// What can be typed into a camera and sent by it: empty is left to Gatehouse.
Result<void> checkSecrets(const QJsonObject &arguments)
{
    for (const char *name : {"user", "password"}) {
        const QString text = arguments.value(QLatin1String(name)).toString();
        if (text.size() > kMaxSecret || !isOneLine(text) || text != text.trimmed())
            return fail(ErrorKind::Invalid,
                        EngineCommands::tr("Enter a user and a password of at most %1 characters each, "
                                           "without control characters or spaces at either end")
                            .arg(kMaxSecret));
    }
    return {};
}

Result<CameraId> cameraOf(const QJsonObject &arguments)
{
    return numberOf(arguments, "camera").map([](qint64 value) { return CameraId{value}; });
}

// The password that was given, or a fresh readable one.
QByteArray passwordOf(const QJsonObject &arguments)
{
    const QString given = arguments.value(QLatin1String("password")).toString();
    return given.isEmpty() ? accounts::newPassword().toUtf8() : given.toUtf8();
}

// Hashing takes a tenth of a second of a core on purpose: on a storage thread, then back.
template<typename Then>
void hashThen(Engine &engine, const QByteArray &password, Then then)
{
    engine.storage().archive().run([&engine, password, then] {
        const accounts::Secret secret = accounts::makeSecret(password);
        QMetaObject::invokeMethod(&engine, [secret, then] { then(secret); });
    });
}

CommandAnswer addCamera(Engine &engine, const QJsonObject &arguments)
{
    const auto name = nameOf(arguments);
    if (!name)
        return refuse(name.error());
    if (const auto usable = checkSecrets(arguments); !usable)
        return refuse(usable.error());
    const QByteArray password = passwordOf(arguments);
    const QString user = arguments.value(QLatin1String("user")).toString();
    const SharedPromise<Result<QJsonObject>> answer;
    hashThen(
        engine, password, [&engine, answer, name = *name, user, password](const accounts::Secret &secret) {
            catalog::Account account;
            account.user = user;
            account.salt = secret.salt;
            account.hash = secret.hash;
            account.iterations = secret.iterations;
            engine.storage()
                .writer()
                .addCamera(name, account)
                .then(&engine, [&engine, answer, password](const Result<catalog::Camera> &camera) {
                    if (!camera) {
                        answer.resolve(tl::unexpected(camera.error()));
                        return;
                    }
                    engine.passwordChanged(camera->account, camera->user);
                    answer.resolve(QJsonObject{{QStringLiteral("camera"), camera->id.value},
                                               {QStringLiteral("name"), camera->name},
                                               {QStringLiteral("user"), camera->user},
                                               {QStringLiteral("password"), QString::fromUtf8(password)}});
                });
        });
    return answer.future();
}

// The account a camera logs in with.
QFuture<Result<catalog::Camera>> cameraById(Engine &engine, CameraId id)
{
    return engine.storage().readers().ask([id](catalog::Reader &reader) -> Result<catalog::Camera> {
        const auto cameras = reader.cameras();
        if (!cameras)
            return tl::unexpected(cameras.error());
        for (const catalog::Camera &camera : *cameras) {
            if (camera.id == id)
                return camera;
        }
        return fail(ErrorKind::NotFound, EngineCommands::tr("Unknown camera: %1").arg(id.value));
    });
}

CommandAnswer newPassword(Engine &engine, const QJsonObject &arguments)
{
    const auto id = cameraOf(arguments);
    if (!id)
        return refuse(id.error());
    if (const auto usable = checkSecrets(arguments); !usable)
        return refuse(usable.error());
    const QByteArray password = passwordOf(arguments);
    const SharedPromise<Result<QJsonObject>> answer;
    cameraById(engine, *id).then(&engine, [&engine, answer, password](const Result<catalog::Camera> &camera) {
        if (!camera) {
            answer.resolve(tl::unexpected(camera.error()));
            return;
        }
        hashThen(engine, password,
                 [&engine, answer, password, camera = *camera](const accounts::Secret &secret) {
                     engine.storage()
                         .writer()
                         .setAccountSecret(camera.account, secret.salt, secret.hash, secret.iterations)
                         .then(&engine, [&engine, answer, password, camera](const Result<void> &done) {
                             if (!done) {
                                 answer.resolve(tl::unexpected(done.error()));
                                 return;
                             }
                             engine.passwordChanged(camera.account, camera.user);
                             answer.resolve(
                                 QJsonObject{{QStringLiteral("user"), camera.user},
                                             {QStringLiteral("password"), QString::fromUtf8(password)}});
                         });
                 });
    });
    return answer.future();
}

CommandAnswer setOffset(Engine &engine, const QJsonObject &arguments)
{
    const auto id = cameraOf(arguments);
    if (!id)
        return refuse(id.error());
    if (arguments.value(QLatin1String("learn")).toBool())
        return asAnswer(engine.storage().writer().setCameraOffset(*id, 0, false), &engine);
    const auto offset = numberOf(arguments, "offset_ms");
    if (!offset)
        return refuse(offset.error());
    if (*offset > kMaxOffset || *offset < -kMaxOffset)
        return refuse({ErrorKind::Invalid, EngineCommands::tr("Enter an offset of at most 36 hours"), {}});
    return asAnswer(engine.storage().writer().setCameraOffset(*id, *offset, true), &engine);
}

CommandAnswer setZone(Engine &engine, const QJsonObject &arguments)
{
    const auto id = cameraOf(arguments);
    const auto zone = textOf(arguments, "zone");
    if (!id || !zone)
        return refuse(!id ? id.error() : zone.error());
    if (!QTimeZone::isTimeZoneIdAvailable(zone->toLatin1()))
        return refuse({ErrorKind::Invalid, EngineCommands::tr("Unknown time zone: %1").arg(*zone), {}});
    return asAnswer(engine.storage().writer().setCameraZone(*id, zone->toLatin1()), &engine);
}

// A setting of the receiver: it concerns what goes over the network, not what is kept. The receiver itself
// refuses a version that is none.
CommandAnswer setTls(Engine &engine, const QJsonObject &arguments)
{
    const auto id = cameraOf(arguments);
    if (!id)
        return refuse(id.error());
    return cameraById(engine, *id)
        .then(&engine, [&engine, arguments](const Result<catalog::Camera> &camera) -> Result<QJsonObject> {
            if (!camera)
                return tl::unexpected(camera.error());
            settings::Settings settings = engine.context().settings;
            settings::TlsRule &rule = settings.receiver.tlsRules[camera->user];
            rule.isRequired = arguments.value(QLatin1String("required")).toBool(rule.isRequired);
            rule.least = arguments.value(QLatin1String("least")).toString(rule.least);
            if (rule == settings::TlsRule())
                settings.receiver.tlsRules.remove(camera->user);
            return settings::Settings::fromJson(settings.toJson())
                .and_then([&engine](const settings::Settings &checked) { return engine.apply(checked); })
                .map([] { return QJsonObject(); });
        });
}

// Another camera may get the name one day.
void forgetTlsRule(Engine &engine, const QString &user)
{
    settings::Settings settings = engine.context().settings;
    if (!settings.receiver.tlsRules.remove(user))
        return;
    if (const auto forgotten = engine.apply(settings); !forgotten)
        qCWarning(lcCameras).noquote()
            << "what TLS" << user << "must use stays set:" << forgotten.error().text;
}

CommandAnswer removeCamera(Engine &engine, const QJsonObject &arguments)
{
    const auto id = cameraOf(arguments);
    if (!id)
        return refuse(id.error());
    const bool evidence = arguments.value(QLatin1String("evidence")).toBool();
    QString reason = arguments.value(QLatin1String("reason")).toString().trimmed();
    if (reason.isEmpty())
        reason = EngineCommands::tr("Camera removed by the user");
    const SharedPromise<Result<QJsonObject>> answer;
    cameraById(engine, *id)
        .then(&engine, [&engine, answer, evidence, reason](const Result<catalog::Camera> &camera) {
            if (!camera)
                return answer.resolve(tl::unexpected(camera.error()));
            engine.storage()
                .writer()
                .removeCamera(camera->id, evidence, reason)
                .then(&engine, [&engine, answer, user = camera->user](const Result<void> &removed) {
                    if (!removed)
                        return answer.resolve(tl::unexpected(removed.error()));
                    // It may have other cameras, or one that was merged into another and goes on sending.
                    engine.storage().writer().account(user).then(
                        &engine, [&engine, answer](const Result<catalog::Account> &account) {
                            if (account && !account->enabled)
                                forgetTlsRule(engine, account->user);
                            answer.resolve(QJsonObject());
                        });
                });
        });
    return answer.future();
}

} // namespace

void addCameraCommands(EngineCommands &commands, Engine &engine)
{
    const auto add = [&](const char *name, Handler handler) {
        commands.add(name, backedUp(engine, std::move(handler)));
    };
    add("camera.add", [&engine](const QJsonObject &a) { return addCamera(engine, a); });
    add("camera.password", [&engine](const QJsonObject &a) { return newPassword(engine, a); });
    add("camera.offset", [&engine](const QJsonObject &a) { return setOffset(engine, a); });
    add("camera.zone", [&engine](const QJsonObject &a) { return setZone(engine, a); });
    add("camera.tls", [&engine](const QJsonObject &a) { return setTls(engine, a); });
    add("camera.remove", [&engine](const QJsonObject &a) { return removeCamera(engine, a); });
    add("camera.rename", [&engine](const QJsonObject &a) {
        const auto id = cameraOf(a);
        const auto name = nameOf(a);
        if (!id || !name)
            return refuse(!id ? id.error() : name.error());
        return asAnswer(engine.storage().writer().renameCamera(*id, *name), &engine);
    });
    add("camera.merge", [&engine](const QJsonObject &a) {
        const auto from = numberOf(a, "from");
        const auto into = numberOf(a, "into");
        if (!from || !into)
            return refuse(!from ? from.error() : into.error());
        return asAnswer(engine.storage().writer().mergeCameras(CameraId{*from}, CameraId{*into}), &engine);
    });
    add("camera.split", [&engine](const QJsonObject &a) {
        const auto id = cameraOf(a);
        return id ? asAnswer(engine.storage().writer().splitCamera(*id), &engine) : refuse(id.error());
    });
}

} // namespace gatehouse::app
