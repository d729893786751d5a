#include "catalog/tables/camera_table.h"

#include "base/limits.h"
#include "base/messages.h"

namespace gatehouse::catalog
{

namespace
{

#define GATEHOUSE_CAMERA_COLUMNS                                                                             \
    "id, account, key, name, zone, clock_offset, offset_learned, offset_fixed, merged_into, removed, "       \
    "names_utc_offset"

constexpr int kMaxDevices = 32; // of one account: a camera may write random serials

// Before a serial: no path begins like this.
const QString kSerialMark = QStringLiteral("serial:");

CameraRow cameraRow(const db::Statement &row)
{
    CameraRow camera;
    camera.id = row.id<CameraId>(0);
    camera.account = row.id<AccountId>(1);
    camera.key = row.isNull(2) ? QString() : row.text(2);
    camera.name = row.text(3);
    camera.zone = row.blob(4);
    camera.offset = row.integer(5);
    camera.offsetLearned = row.flag(6);
    camera.offsetFixed = row.flag(7);
    camera.mergedInto = row.id<CameraId>(8);
    camera.removed = row.flag(9);
    if (!row.isNull(10))
        camera.namesUtcOffset = row.number(10);
    return camera;
}

std::optional<CameraRow> first(db::Statement row)
{
    if (!row.step())
        return std::nullopt;
    return cameraRow(row);
}

// If an account's paths turn out to name its only camera, that name counts.
std::optional<CameraRow> onlyDevice(WriteContext &context, AccountId account)
{
    auto only = first(context.db.query(R"(
        SELECT )" GATEHOUSE_CAMERA_COLUMNS R"( FROM camera
        WHERE account = ?1 AND (SELECT count(*) FROM camera WHERE account = ?1) = 1)",
                                       account));
    return only && isKnownBySerial(*only) ? only : std::nullopt;
}

std::optional<CameraRow> knownCamera(WriteContext &context, AccountId account, const QString &key)
{
    // A path without a key belongs to the account's first camera.
    if (key.isEmpty())
        return first(context.db.query(R"(
        SELECT )" GATEHOUSE_CAMERA_COLUMNS R"( FROM camera WHERE account = ? ORDER BY removed, id LIMIT 1)",
                                      account));
    if (auto known = first(context.db.query(
            "SELECT " GATEHOUSE_CAMERA_COLUMNS " FROM camera WHERE account = ? AND key = ?", account, key)))
        return known;
    // A camera without a key yet: added by the user, or known only by names without one.
    auto waiting = first(context.db.query(R"(
        SELECT )" GATEHOUSE_CAMERA_COLUMNS R"( FROM camera
        WHERE account = ? AND key IS NULL
        ORDER BY removed, id LIMIT 1)",
                                          account));
    if (!waiting && !key.startsWith(kSerialMark))
        waiting = onlyDevice(context, account);
    if (waiting) {
        context.db.run("UPDATE camera SET key = ? WHERE id = ?", key, waiting->id);
        context.changes.camera(waiting->id);
    }
    return waiting;
}

int countCameras(WriteContext &context, AccountId account, bool bySerial)
{
    db::Statement row = context.db.query(
        "SELECT count(*) FROM camera WHERE account = ? AND key IS NOT NULL AND (key LIKE ?) = ?", account,
        kSerialMark + QLatin1Char('%'), bySerial);
    return row.step() ? row.number(0) : 0;
}

// A removed camera that sends again reappears: its uploads must not stay hidden.
void showAgain(WriteContext &context, CameraRow &camera)
{
    camera.name = freeCameraName(context, camera.name);
    camera.removed = false;
    context.db.run("UPDATE camera SET removed = 0, name = ? WHERE id = ?", camera.name, camera.id);
    context.changes.camera(camera.id);
}

} // namespace

std::optional<CameraRow> findCamera(WriteContext &context, CameraId id)
{
    return first(context.db.query("SELECT " GATEHOUSE_CAMERA_COLUMNS " FROM camera WHERE id = ?", id));
}

Result<CameraRow> cameraOrError(WriteContext &context, CameraId id)
{
    if (auto camera = findCamera(context, id))
        return *camera;
    return fail(ErrorKind::NotFound, Messages::tr("Unknown camera."), QStringLiteral("catalog"));
}

Result<CameraRow> visibleCamera(WriteContext &context, CameraId id)
{
    auto camera = cameraOrError(context, id);
    if (camera && (camera->removed || camera->mergedInto.isValid()))
        return cameraOrError(context, CameraId());
    return camera;
}

Result<Resolved> resolveCamera(WriteContext &context, AccountId account, const QString &key,
                               const QString &name)
{
    QString user;
    {
        db::Statement row = context.db.query("SELECT user FROM account WHERE id = ?", account);
        if (!row.step())
            return fail(ErrorKind::NotFound, Messages::tr("Unknown account."), QStringLiteral("catalog"));
        user = row.text(0);
    }
    Resolved resolved;
    if (auto known = knownCamera(context, account, key))
        resolved.origin = *known;
    else
        resolved.origin =
            insertCamera(context, account, key, freeCameraName(context, name.isEmpty() ? user : name));
    resolved.camera = resolved.origin;
    while (resolved.camera.mergedInto.isValid()) {
        auto target = cameraOrError(context, resolved.camera.mergedInto);
        if (!target)
            return tl::unexpected(target.error());
        resolved.camera = *target;
    }
    if (resolved.camera.removed)
        showAgain(context, resolved.camera);
    return resolved;
}

bool isKnownBySerial(const CameraRow &camera)
{
    return camera.key.startsWith(kSerialMark);
}

Result<std::optional<Resolved>> resolveDevice(WriteContext &context, const CameraRow &origin,
                                              const QString &serial, const QString &model)
{
    const AccountId account = origin.account;
    const QString key = kSerialMark + serial;
    if (origin.key == key)
        return std::optional<Resolved>();
    const auto known = first(context.db.query(
        "SELECT " GATEHOUSE_CAMERA_COLUMNS " FROM camera WHERE account = ? AND key = ?", account, key));
    const auto general = knownCamera(context, account, {});
    const bool isOfAccount = isKnownBySerial(origin) || (general && general->id == origin.id);
    const bool mayBeNew =
        countCameras(context, account, false) == 0 && countCameras(context, account, true) < kMaxDevices;
    if (!isOfAccount || (!known && !mayBeNew))
        return std::optional<Resolved>();
    const QString name = model.isEmpty() ? serial : QStringLiteral("%1 (%2)").arg(model, serial);
    return resolveCamera(context, account, key, name.left(limits::kMaxCameraName).trimmed())
        .map([](const Resolved &resolved) { return std::optional(resolved); });
}

QString freeCameraName(WriteContext &context, const QString &wanted)
{
    QString name = wanted;
    for (int number = 2;; ++number) {
        db::Statement taken = context.db.query(R"(
            SELECT 1 FROM camera
            WHERE name = ? COLLATE NOCASE AND merged_into IS NULL AND removed = 0)",
                                               name);
        if (!taken.step())
            return name;
        name = wanted + QLatin1Char(' ') + QString::number(number);
    }
}

CameraRow insertCamera(WriteContext &context, AccountId account, const QString &key, const QString &name)
{
    const QByteArray zone =
        context.options.defaultZone.isEmpty() ? QTimeZone::systemTimeZoneId() : context.options.defaultZone;
    const std::optional<QString> maybeKey = key.isEmpty() ? std::nullopt : std::optional(key);
    context.db.run("INSERT INTO camera(account, key, name, zone, created) VALUES(?,?,?,?,?)", account,
                   maybeKey, name, QString::fromLatin1(zone), context.clock.now());
    CameraRow camera;
    camera.id = CameraId{context.db.lastInsertId()};
    camera.account = account;
    camera.key = key;
    camera.name = name;
    camera.zone = zone;
    context.changes.camera(camera.id);
    return camera;
}

std::optional<Account> findAccount(WriteContext &context, const QString &user)
{
    db::Statement row = context.db.query(
        "SELECT id, user, salt, hash, iterations, enabled FROM account WHERE user = ?", user);
    if (!row.step())
        return std::nullopt;
    Account account;
    account.id = row.id<AccountId>(0);
    account.user = row.text(1);
    account.salt = row.blob(2);
    account.hash = row.blob(3);
    account.iterations = row.number(4);
    account.enabled = row.flag(5);
    return account;
}

} // namespace gatehouse::catalog
