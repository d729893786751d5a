#include "catalog/operations/cameras.h"

#include "base/limits.h"
#include "base/messages.h"
#include "catalog/operations/item_removal.h"
#include "catalog/operations/rebuild.h"
#include "catalog/tables/camera_table.h"
#include "catalog/tables/camera_value.h"

namespace gatehouse::catalog
{

namespace
{

auto invalid(const QString &text)
{
    return fail(ErrorKind::Invalid, text, QStringLiteral("catalog"));
}

// Accepted by any camera's form: lower-case letters, digits and dashes.
QString userFrom(const QString &name)
{
    QString user;
    for (const QChar c : name.normalized(QString::NormalizationForm_KD).toLower()) {
        if ((c >= QLatin1Char('a') && c <= QLatin1Char('z')) ||
            (c >= QLatin1Char('0') && c <= QLatin1Char('9')))
            user += c;
        else if (!c.isMark() && !user.isEmpty() && !user.endsWith(QLatin1Char('-')))
            user += QLatin1Char('-');
    }
    while (user.endsWith(QLatin1Char('-')))
        user.chop(1);
    return user.isEmpty() ? QStringLiteral("camera") : user.left(32);
}

QString freeUser(WriteContext &context, const QString &wanted)
{
    QString user = wanted;
    for (int number = 2; findAccount(context, user); ++number)
        user = QStringLiteral("%1-%2").arg(wanted, QString::number(number));
    return user;
}

Result<void> checkName(WriteContext &context, const QString &name)
{
    if (name.trimmed().isEmpty() || name.size() > limits::kMaxCameraName)
        return invalid(
            Messages::tr("Enter a camera name of 1 to %1 characters.").arg(limits::kMaxCameraName));
    if (freeCameraName(context, name) != name)
        return invalid(Messages::tr("A camera with this name already exists."));
    return {};
}

// The account of a removed camera resumes where it stopped.
CameraId reviveCamera(WriteContext &context, AccountId account, const QString &name)
{
    CameraId camera;
    {
        db::Statement row = context.db.query(R"(
            SELECT id FROM camera
            WHERE account = ? AND merged_into IS NULL
            ORDER BY removed, id DESC LIMIT 1)",
                                             account);
        if (row.step())
            camera = row.id<CameraId>(0);
    }
    context.db.run("UPDATE camera SET removed = 0, name = ? WHERE id = ?", name, camera);
    context.takenBack.removals.insert(camera);
    return camera;
}

// What a person sets is relative to the camera's zone.
void readNamesInZone(WriteContext &context, CameraId camera)
{
    context.db.run("UPDATE camera SET names_utc_offset = NULL WHERE id = ?", camera);
    context.db.run(R"(
        UPDATE item_detail SET hint_utc = NULL
        WHERE hint_local IS NOT NULL AND hint_utc IS NOT NULL
            AND id IN (SELECT id FROM item WHERE camera = ?))",
                   camera);
}

bool hasVisibleCamera(WriteContext &context, AccountId account)
{
    db::Statement row = context.db.query(
        "SELECT 1 FROM camera WHERE account = ? AND removed = 0 AND merged_into IS NULL", account);
    return row.step();
}

} // namespace

Result<Account> FindAccount::run(WriteContext &context) const
{
    if (auto account = findAccount(context, user))
        return *account;
    return fail(ErrorKind::NotFound, Messages::tr("Unknown account."), QStringLiteral("catalog"));
}

Result<Camera> AddCamera::run(WriteContext &context) const
{
    const QString wanted = name.trimmed();
    if (auto ok = checkName(context, wanted); !ok)
        return tl::unexpected(ok.error());
    CameraId camera;
    const QString user = account.user.isEmpty() ? userFrom(wanted) : account.user;
    const std::optional<Account> known = findAccount(context, user);
    if (known && !hasVisibleCamera(context, known->id)) {
        context.db.run("UPDATE account SET salt = ?, hash = ?, iterations = ?, enabled = 1 WHERE id = ?",
                       account.salt, account.hash, account.iterations, known->id);
        camera = reviveCamera(context, known->id, wanted);
    }
    if (known && !camera.isValid() && !account.user.isEmpty())
        return invalid(Messages::tr("An account with this name already exists."));
    if (!camera.isValid()) {
        context.db.run("INSERT INTO account(user, salt, hash, iterations, enabled) VALUES(?,?,?,?,?)",
                       freeUser(context, user), account.salt, account.hash, account.iterations,
                       account.enabled);
        camera = insertCamera(context, AccountId{context.db.lastInsertId()}, {}, wanted).id;
    }
    context.changes.camera(camera);
    const QVector<Camera> made = readCameras(context.db, camera);
    return made.isEmpty() ? Camera() : made.first(); // empty only after an error that fails the operation
}

Result<void> SetAccountSecret::run(WriteContext &context) const
{
    if (context.db.run("UPDATE account SET salt = ?, hash = ?, iterations = ?, enabled = 1 WHERE id = ?",
                       salt, hash, iterations, account) == 0)
        return fail(ErrorKind::NotFound, Messages::tr("Unknown account."), QStringLiteral("catalog"));
    return {};
}

Result<void> RenameCamera::run(WriteContext &context) const
{
    const auto row = visibleCamera(context, camera);
    if (!row)
        return tl::unexpected(row.error());
    const QString wanted = name.trimmed();
    if (wanted.compare(row->name, Qt::CaseInsensitive) != 0) {
        if (auto ok = checkName(context, wanted); !ok)
            return ok;
    }
    context.db.run("UPDATE camera SET name = ? WHERE id = ?", wanted, camera);
    context.changes.camera(camera);
    return {};
}

Result<void> SetCameraZone::run(WriteContext &context) const
{
    auto row = visibleCamera(context, camera);
    if (!row)
        return tl::unexpected(row.error());
    if (!QTimeZone::isTimeZoneIdAvailable(zone))
        return invalid(Messages::tr("Unknown time zone."));
    context.db.run("UPDATE camera SET zone = ? WHERE id = ?", QString::fromLatin1(zone), camera);
    row->zone = zone;
    readNamesInZone(context, camera);
    context.learning.forget(camera);
    placeAllInTime(context, *row, std::nullopt);
    return {};
}

Result<void> SetCameraOffset::run(WriteContext &context) const
{
    const auto row = visibleCamera(context, camera);
    if (!row)
        return tl::unexpected(row.error());
    if (std::abs(offset) > limits::kMaxClockOffset) {
        return invalid(
            Messages::tr("Enter a clock offset of at most %1 hours.").arg(limits::kMaxClockOffsetHours));
    }
    context.db.run("UPDATE camera SET clock_offset = ?, offset_learned = 0, offset_fixed = ? WHERE id = ?",
                   offset, fixed, camera);
    readNamesInZone(context, camera);
    context.learning.forget(camera);
    placeAllInTime(context, *row, offset);
    return {};
}

Result<void> RemoveCamera::run(WriteContext &context) const
{
    const auto row = visibleCamera(context, camera);
    if (!row)
        return tl::unexpected(row.error());
    if (withEvidence) {
        RemoveItems all{{}, reason};
        {
            db::Statement item = context.db.query("SELECT id FROM item WHERE camera = ?", camera);
            while (item.step())
                all.items.append(item.id<ItemId>(0));
        }
        if (auto gone = all.run(context); !gone)
            return tl::unexpected(gone.error());
    }
    context.db.run("UPDATE camera SET removed = 1 WHERE id = ?", camera);
    context.db.run(R"(
        UPDATE account SET enabled = 0
        WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM camera WHERE account = ?1 AND removed = 0
            AND merged_into IS NULL))",
                   row->account);
    context.changes.camera(camera);
    context.changes.everything();
    return {};
}

Result<void> MergeCameras::run(WriteContext &context) const
{
    const auto source = visibleCamera(context, from);
    const auto target = visibleCamera(context, into);
    if (!source || !target)
        return tl::unexpected(source ? target.error() : source.error());
    if (from == into)
        return invalid(Messages::tr("A camera can't be merged into itself."));
    context.db.run("UPDATE camera SET merged_into = ? WHERE id = ?", into, from);
    context.db.run("UPDATE item SET camera = ?, event = NULL WHERE camera = ?", into, from);
    rebuildCamera(context, from);
    placeAllInTime(context, *target, std::nullopt);
    return {};
}

Result<void> SplitCamera::run(WriteContext &context) const
{
    auto source = cameraOrError(context, merged);
    if (!source)
        return tl::unexpected(source.error());
    if (!source->mergedInto.isValid())
        return invalid(Messages::tr("This camera is not merged into another one."));
    CameraId listed = source->mergedInto; // the target may itself have been merged since
    for (auto next = findCamera(context, listed); next && next->mergedInto.isValid();
         next = findCamera(context, listed))
        listed = next->mergedInto;
    source->name = freeCameraName(context, source->name);
    context.db.run("UPDATE camera SET merged_into = NULL, name = ? WHERE id = ?", source->name, merged);
    // Takes along those that had been merged into it before.
    context.db.run(R"(
        WITH RECURSIVE own(id) AS (SELECT ?1 UNION SELECT c.id FROM camera c
            JOIN own ON c.merged_into = own.id)
        UPDATE item SET camera = ?1, event = NULL
        WHERE camera = ?2 AND (SELECT origin FROM item_detail d WHERE d.id = item.id) IN own)",
                   merged, listed);
    rebuildCamera(context, listed);
    placeAllInTime(context, *source, std::nullopt);
    return {};
}

} // namespace gatehouse::catalog
