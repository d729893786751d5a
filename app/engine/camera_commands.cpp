#include "app/engine/camera_login.h"
#include "app/engine/engine_commands.h"
#include "app/engine/offsite_feature.h"
#include "app/engine/password_hasher.h"
#include "app/engine/storage_feature.h"
#include "base/limits.h"
#include "catalog/operations/cameras.h"
#include "catalog/reader_pool.h"
#include "catalog/writer.h"
#include "ftp/backend.h"
#include "protocol/camera.h"

#include <QLoggingCategory>
#include <QTimeZone>
#include <algorithm>
#include <memory>

namespace gatehouse::app
{

namespace
{

Q_LOGGING_CATEGORY(lcCameras, "gatehouse.cameras")

using protocol::CameraLogin;
using protocol::Nothing;

template<typename Reply>
Replied<Reply> refused(const Error &error)
{
    return answered<Result<Reply>>(tl::unexpected(error));
}

bool isOneLine(const QString &text)
{
    return std::none_of(text.begin(), text.end(), [](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Separator_Line ||
               c.category() == QChar::Separator_Paragraph;
    });
}

// Without spaces at either end.
Result<QString> checkedName(const QString &given)
{
    const QString name = given.trimmed();
    if (name.isEmpty())
        return fail(ErrorKind::Invalid, EngineCommands::tr("Enter a name"));
    if (name.size() > limits::kMaxCameraName)
        return fail(ErrorKind::Invalid,
                    EngineCommands::tr("Enter a name of at most %1 characters").arg(limits::kMaxCameraName));
    if (!isOneLine(name))
        return fail(ErrorKind::Invalid, EngineCommands::tr("Enter a name without control characters"));
    return name;
}

// Text that can be typed into a camera and sent by it: Gatehouse generates an empty one.
Result<void> checkSecrets(std::initializer_list<QString> texts)
{
    const bool areUsable = std::all_of(texts.begin(), texts.end(), [](const QString &text) {
        return text.size() <= limits::kMaxPassword && isOneLine(text) && text == text.trimmed();
    });
    if (areUsable)
        return {};
    return fail(ErrorKind::Invalid, EngineCommands::tr("Enter a user and a password of at most %1 characters "
                                                       "each, without control characters or spaces at "
                                                       "either end")
                                        .arg(limits::kMaxPassword));
}

// The given password, or a random readable one.
QString passwordOf(const QString &given, bool isShort)
{
    if (!given.isEmpty())
        return given;
    return isShort ? accounts::newShortPassword() : accounts::newPassword();
}

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

Replied<CameraLogin> addCamera(Engine &engine, PasswordHasher &hasher, const protocol::AddCamera &command)
{
    const auto name = checkedName(command.name);
    if (!name)
        return refused<CameraLogin>(name.error());
    if (const auto usable = checkSecrets({command.user, command.password}); !usable)
        return refused<CameraLogin>(usable.error());
    const QString password = passwordOf(command.password, command.isShort);
    const auto added = andThen(hasher.hash(password.toUtf8()), &engine,
                               [&engine, name = *name, user = command.user](const accounts::Secret &secret) {
                                   catalog::Account account;
                                   account.user = user;
                                   account.salt = secret.salt;
                                   account.hash = secret.hash;
                                   account.iterations = secret.iterations;
                                   return engine.storage().writer().submit(catalog::AddCamera{name, account});
                               });
    return andThen(added, &engine, [&engine, password](const catalog::Camera &camera) {
        engine.passwordChanged(camera.account, camera.user);
        return loginOf(engine, camera.id, password);
    });
}

Replied<CameraLogin> setPassword(Engine &engine, const std::shared_ptr<PasswordHasher> &hasher,
                                 const protocol::SetCameraPassword &command)
{
    if (const auto usable = checkSecrets({command.password}); !usable)
        return refused<CameraLogin>(usable.error());
    const QString password = passwordOf(command.password, command.isShort);
    const auto camera = cameraById(engine, command.camera);
    const auto secret = andThen(camera, &engine, [hasher, password](const catalog::Camera &found) {
        if (ftp::isAnonymous(found.user))
            return answered<Result<accounts::Secret>>(
                fail(ErrorKind::Invalid,
                     EngineCommands::tr("%1 logs in as anonymous, without a password").arg(found.name)));
        return hasher->hash(password.toUtf8());
    });
    const auto set = andThen(secret, &engine, [&engine, camera](const accounts::Secret &hashed) {
        return engine.storage().writer().submit(
            catalog::SetAccountSecret{camera.result()->account, hashed.salt, hashed.hash, hashed.iterations});
    });
    return andThen(set, &engine, [&engine, camera, password] {
        const catalog::Camera done = *camera.result();
        engine.passwordChanged(done.account, done.user);
        return loginOf(engine, done.id, password);
    });
}

Replied<Nothing> setOffset(Engine &engine, const protocol::SetCameraOffset &command)
{
    if (command.offset > limits::kMaxClockOffset || command.offset < -limits::kMaxClockOffset)
        return refused<Nothing>(
            {ErrorKind::Invalid,
             EngineCommands::tr("Enter a clock offset of at most %1 hours").arg(limits::kMaxClockOffsetHours),
             {}});
    return nothingOf(
        engine.storage().writer().submit(catalog::SetCameraOffset{command.camera, command.offset, true}),
        engine);
}

Replied<Nothing> setZone(Engine &engine, const protocol::SetCameraZone &command)
{
    if (!QTimeZone::isTimeZoneIdAvailable(command.zone))
        return refused<Nothing>(
            {ErrorKind::Invalid,
             EngineCommands::tr("Unknown time zone: %1").arg(QString::fromUtf8(command.zone)),
             {}});
    return nothingOf(engine.storage().writer().submit(catalog::SetCameraZone{command.camera, command.zone}),
                     engine);
}

// A setting of the receiver: it concerns the network, not the stored data. The receiver itself refuses an
// invalid version.
// Saving would replace the file that a person is to mend, and end the hold on deletion.
Replied<Nothing> setTls(Engine &engine, const protocol::SetCameraTls &command)
{
    return andThen(
        cameraById(engine, command.camera), &engine,
        [&engine, command](const catalog::Camera &camera) -> Result<Nothing> {
            settings::Settings settings = engine.context().settings;
            settings::TlsRule &rule = settings.receiver.tlsRules[camera.user];
            rule.isRequired = command.isRequired.value_or(rule.isRequired);
            rule.least = command.minTls.value_or(rule.least);
            if (rule == settings::TlsRule())
                settings.receiver.tlsRules.remove(camera.user);
            if (engine.context().areSettingsLastGood)
                return tl::unexpected(settingsUnreadable());
            return settings::Settings::fromJson(settings.toJson())
                .map_error([](Error error) {
                    if (error.field == QLatin1String("receiver.tlsRules"))
                        error = {ErrorKind::Invalid,
                                 EngineCommands::tr("Choose one of \"1.0\", \"1.1\", \"1.2\", \"1.3\""),
                                 {},
                                 QStringLiteral("least")};
                    return error;
                })
                .and_then([&engine](const settings::Settings &checked) { return engine.apply(checked); })
                .map([] { return Nothing(); });
        });
}

// Whose key a merged camera has does not matter: it goes as the one it is merged into.
Replied<Nothing> setOffsiteChoice(Engine &engine, const protocol::SetCameraOffsite &command)
{
    return andThen(cameraById(engine, command.camera), &engine,
                   [&engine, command](const catalog::Camera &camera) -> Result<Nothing> {
                       if (engine.context().areSettingsLastGood)
                           return tl::unexpected(settingsUnreadable());
                       settings::Settings settings = engine.context().settings;
                       const std::pair who(camera.user, camera.key);
                       if (command.choice)
                           settings.offsite.cameras.insert(who, nameOf(*command.choice));
                       else
                           settings.offsite.cameras.remove(who);
                       return engine.apply(settings).map([] { return Nothing(); });
                   });
}

Replied<Nothing> rename(Engine &engine, const protocol::RenameCamera &command)
{
    const auto name = checkedName(command.name);
    if (!name)
        return refused<Nothing>(name.error());
    return nothingOf(engine.storage().writer().submit(catalog::RenameCamera{command.camera, *name}), engine);
}

// Another camera may get the same name later.
void forgetTlsRule(Engine &engine, const QString &user)
{
    settings::Settings settings = engine.context().settings;
    if (!settings.receiver.tlsRules.remove(user) || engine.context().areSettingsLastGood)
        return;
    if (const auto forgotten = engine.apply(settings); !forgotten)
        qCWarning(lcCameras).noquote()
            << "what TLS" << user << "must use stays set:" << forgotten.error().text;
}

Replied<Nothing> removeCamera(Engine &engine, const protocol::RemoveCamera &command)
{
    const QString given = command.reason.trimmed();
    const QString reason = given.isEmpty() ? EngineCommands::tr("Camera removed by the user") : given;
    const auto camera = cameraById(engine, command.camera);
    const auto removed = andThen(
        camera, &engine,
        [&engine, reason, withEvidence = command.withEvidence](const catalog::Camera &found) {
            return engine.storage().writer().submit(catalog::RemoveCamera{found.id, withEvidence, reason});
        });
    return andThen(removed, &engine, [&engine, camera] {
        const SharedPromise<Result<Nothing>> answer;
        // It may have other cameras, or one merged into another that keeps sending.
        whenDone(engine.storage().writer().submit(catalog::FindAccount{camera.result()->user}), &engine,
                 [&engine, answer](const Result<catalog::Account> &account) {
                     if (account && !account->enabled)
                         forgetTlsRule(engine, account->user);
                     answer.resolve(Nothing());
                 });
        return answer.future();
    });
}

} // namespace

void addCameraCommands(EngineCommands &commands, Engine &engine)
{
    const auto hasher = std::make_shared<PasswordHasher>();
    commands.on<protocol::AddCamera>([&engine, hasher](const protocol::AddCamera &command) {
        return backedUp(engine, addCamera(engine, *hasher, command));
    });
    commands.on<protocol::GetCameraLogin>(
        [&engine](const protocol::GetCameraLogin &command) { return loginOf(engine, command.camera, {}); });
    commands.on<protocol::SetCameraPassword>([&engine, hasher](const protocol::SetCameraPassword &command) {
        return backedUp(engine, setPassword(engine, hasher, command));
    });
    commands.on<protocol::RenameCamera>([&engine](const protocol::RenameCamera &command) {
        return backedUp(engine, rename(engine, command));
    });
    commands.on<protocol::RemoveCamera>([&engine](const protocol::RemoveCamera &command) {
        return backedUp(engine, removeCamera(engine, command));
    });
    commands.on<protocol::SetCameraZone>([&engine](const protocol::SetCameraZone &command) {
        return backedUp(engine, setZone(engine, command));
    });
    commands.on<protocol::SetCameraOffset>([&engine](const protocol::SetCameraOffset &command) {
        return backedUp(engine, setOffset(engine, command));
    });
    commands.on<protocol::LearnCameraOffset>([&engine](const protocol::LearnCameraOffset &command) {
        return backedUp(engine, nothingOf(engine.storage().writer().submit(
                                              catalog::SetCameraOffset{command.camera, 0, false}),
                                          engine));
    });
    commands.on<protocol::SetCameraTls>([&engine](const protocol::SetCameraTls &command) {
        return backedUp(engine, setTls(engine, command));
    });
    commands.on<protocol::SetCameraOffsite>(
        [&engine](const protocol::SetCameraOffsite &command) { return setOffsiteChoice(engine, command); });
    commands.on<protocol::MergeCameras>([&engine](const protocol::MergeCameras &command) {
        return backedUp(engine, nothingOf(engine.storage().writer().submit(
                                              catalog::MergeCameras{command.from, command.into}),
                                          engine));
    });
    commands.on<protocol::SplitCamera>([&engine](const protocol::SplitCamera &command) {
        return backedUp(
            engine,
            nothingOf(engine.storage().writer().submit(catalog::SplitCamera{command.camera}), engine));
    });
}

} // namespace gatehouse::app
