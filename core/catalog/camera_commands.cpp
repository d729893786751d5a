#include "catalog/camera_commands.h"

#include "catalog/camera_store.h"
#include "catalog/camera_value.h"
#include "catalog/item_removal.h"
#include "catalog/rebuild.h"
#include "catalog/sentences.h"

namespace gatehouse::catalog
{

namespace
{

auto invalid(const QString &text)
{
    return fail(ErrorKind::Invalid, text, QStringLiteral("catalog"));
}

// What any camera's form takes: lower-case letters, digits and dashes.
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

QString freeUser(Store &store, const QString &wanted)
{
    QString user = wanted;
    for (int number = 2; findAccount(store, user); ++number)
        user = QStringLiteral("%1-%2").arg(wanted, QString::number(number));
    return user;
}

Result<void> checkName(Store &store, const QString &name)
{
    if (name.trimmed().isEmpty() || name.size() > 200)
        return invalid(Sentences::tr("A camera needs a name of 1 to 200 characters."));
    if (freeCameraName(store, name) != name)
        return invalid(Sentences::tr("There is a camera of this name already."));
    return {};
}

// The account of a camera that was removed takes up where it stopped.
CameraId reviveCamera(Store &store, AccountId account, const QString &name)
{
    CameraId camera;
    {
        db::Statement row = store.db.query("SELECT id FROM camera WHERE account = ? AND merged_into IS NULL "
                                           "ORDER BY removed, id DESC LIMIT 1",
                                           account);
        if (row.step())
            camera = row.id<CameraId>(0);
    }
    store.db.run("UPDATE camera SET removed = 0, name = ? WHERE id = ?", name, camera);
    store.takenBack.removals.insert(camera);
    return camera;
}

bool hasVisibleCamera(Store &store, AccountId account)
{
    db::Statement row = store.db.query(
        "SELECT 1 FROM camera WHERE account = ? AND removed = 0 AND merged_into IS NULL", account);
    return row.step();
}

} // namespace

Result<Account> accountOf(Store &store, const QString &user)
{
    if (auto account = findAccount(store, user))
        return *account;
    return fail(ErrorKind::NotFound, Sentences::tr("There is no such account."), QStringLiteral("catalog"));
}

Result<Camera> addCamera(Store &store, const QString &wanted, const Account &account)
{
    const QString name = wanted.trimmed();
    if (auto ok = checkName(store, name); !ok)
        return tl::unexpected(ok.error());
    CameraId camera;
    const QString user = account.user.isEmpty() ? userFrom(name) : account.user;
    const std::optional<Account> known = findAccount(store, user);
    if (known && !hasVisibleCamera(store, known->id)) {
        store.db.run("UPDATE account SET salt = ?, hash = ?, iterations = ?, enabled = 1 WHERE id = ?",
                     account.salt, account.hash, account.iterations, known->id);
        camera = reviveCamera(store, known->id, name);
    }
    if (known && !camera.isValid() && !account.user.isEmpty())
        return invalid(Sentences::tr("There is an account of this name already."));
    if (!camera.isValid()) {
        store.db.run("INSERT INTO account(user, salt, hash, iterations, enabled) VALUES(?,?,?,?,?)",
                     freeUser(store, user), account.salt, account.hash, account.iterations, account.enabled);
        camera = insertCamera(store, AccountId{store.db.lastInsertId()}, {}, name).id;
    }
    store.changes.camera(camera);
    const QVector<Camera> made = readCameras(store.db, camera);
    return made.isEmpty() ? Camera() : made.first(); // empty only after an error that fails the command
}

Result<void> setAccountSecret(Store &store, AccountId account, const QByteArray &salt, const QByteArray &hash,
                              int iterations)
{
    if (store.db.run("UPDATE account SET salt = ?, hash = ?, iterations = ?, enabled = 1 WHERE id = ?", salt,
                     hash, iterations, account) == 0)
        return fail(ErrorKind::NotFound, Sentences::tr("There is no such account."),
                    QStringLiteral("catalog"));
    return {};
}

Result<void> renameCamera(Store &store, CameraId camera, const QString &wanted)
{
    const auto row = visibleCamera(store, camera);
    if (!row)
        return tl::unexpected(row.error());
    const QString name = wanted.trimmed();
    if (name.compare(row->name, Qt::CaseInsensitive) != 0) {
        if (auto ok = checkName(store, name); !ok)
            return ok;
    }
    store.db.run("UPDATE camera SET name = ? WHERE id = ?", name, camera);
    store.changes.camera(camera);
    return {};
}

Result<void> setCameraZone(Store &store, CameraId camera, const QByteArray &zone)
{
    auto row = visibleCamera(store, camera);
    if (!row)
        return tl::unexpected(row.error());
    if (!QTimeZone::isTimeZoneIdAvailable(zone))
        return invalid(Sentences::tr("There is no such time zone."));
    store.db.run("UPDATE camera SET zone = ? WHERE id = ?", QString::fromLatin1(zone), camera);
    row->zone = zone;
    store.learning.forget(camera);
    placeAllInTime(store, *row, std::nullopt);
    return {};
}

Result<void> setCameraOffset(Store &store, CameraId camera, qint64 offset, bool fixed)
{
    constexpr qint64 tenYears = 10 * 366 * 86'400'000LL;
    const auto row = visibleCamera(store, camera);
    if (!row)
        return tl::unexpected(row.error());
    if (std::abs(offset) > tenYears)
        return invalid(Sentences::tr("A clock offset is at most ten years."));
    store.db.run("UPDATE camera SET clock_offset = ?, offset_learned = 0, offset_fixed = ? WHERE id = ?",
                 offset, fixed, camera);
    store.learning.forget(camera);
    placeAllInTime(store, *row, offset);
    return {};
}

Result<void> removeCamera(Store &store, CameraId camera, bool withEvidence, const QString &reason)
{
    const auto row = visibleCamera(store, camera);
    if (!row)
        return tl::unexpected(row.error());
    if (withEvidence) {
        RemovalRequest all{{}, reason};
        {
            db::Statement item = store.db.query("SELECT id FROM item WHERE camera = ?", camera);
            while (item.step())
                all.items.append(item.id<ItemId>(0));
        }
        if (auto gone = removeRequested(store, all); !gone)
            return tl::unexpected(gone.error());
    }
    store.db.run("UPDATE camera SET removed = 1 WHERE id = ?", camera);
    store.db.run("UPDATE account SET enabled = 0 WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM camera WHERE "
                 "account = ?1 AND removed = 0 AND merged_into IS NULL)",
                 row->account);
    store.changes.camera(camera);
    store.changes.everything();
    return {};
}

Result<void> mergeCameras(Store &store, CameraId from, CameraId into)
{
    const auto source = visibleCamera(store, from);
    const auto target = visibleCamera(store, into);
    if (!source || !target)
        return tl::unexpected(source ? target.error() : source.error());
    if (from == into)
        return invalid(Sentences::tr("A camera cannot be merged into itself."));
    store.db.run("UPDATE camera SET merged_into = ? WHERE id = ?", into, from);
    store.db.run("UPDATE item SET camera = ?, event = NULL WHERE camera = ?", into, from);
    rebuildCamera(store, from);
    placeAllInTime(store, *target, std::nullopt);
    return {};
}

Result<void> splitCamera(Store &store, CameraId merged)
{
    auto source = cameraOrError(store, merged);
    if (!source)
        return tl::unexpected(source.error());
    if (!source->mergedInto.isValid())
        return invalid(Sentences::tr("This camera is not merged into another."));
    CameraId listed = source->mergedInto; // what it was merged into may have been merged since
    for (auto next = findCamera(store, listed); next && next->mergedInto.isValid();
         next = findCamera(store, listed))
        listed = next->mergedInto;
    source->name = freeCameraName(store, source->name);
    store.db.run("UPDATE camera SET merged_into = NULL, name = ? WHERE id = ?", source->name, merged);
    // With it go those that had been merged into it before.
    store.db.run("WITH RECURSIVE own(id) AS (SELECT ?1 UNION SELECT c.id FROM camera c JOIN own ON "
                 "c.merged_into = own.id) UPDATE item SET camera = ?1, event = NULL WHERE camera = ?2 AND "
                 "(SELECT origin FROM item_detail d WHERE d.id = item.id) IN own",
                 merged, listed);
    rebuildCamera(store, listed);
    placeAllInTime(store, *source, std::nullopt);
    return {};
}

} // namespace gatehouse::catalog
