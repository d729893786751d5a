#include "catalog/types/state_snapshot.h"

#include "base/messages.h"
#include "db/connection.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace gatehouse::catalog
{

namespace
{

constexpr int kVersion = 1;

using CameraPlaces = QHash<qint64, int>; // in the snapshot, by camera id

QJsonObject toObject(const Account &account)
{
    return {{QStringLiteral("user"), account.user},
            {QStringLiteral("salt"), QString::fromLatin1(account.salt.toHex())},
            {QStringLiteral("hash"), QString::fromLatin1(account.hash.toHex())},
            {QStringLiteral("iterations"), account.iterations},
            {QStringLiteral("enabled"), account.enabled}};
}

Account accountFrom(const QJsonObject &json)
{
    Account account;
    account.user = json[QLatin1String("user")].toString();
    account.salt = QByteArray::fromHex(json[QLatin1String("salt")].toString().toLatin1());
    account.hash = QByteArray::fromHex(json[QLatin1String("hash")].toString().toLatin1());
    account.iterations = json[QLatin1String("iterations")].toInt();
    account.enabled = json[QLatin1String("enabled")].toBool();
    return account;
}

QJsonObject toObject(const SnapshotCamera &camera)
{
    QJsonObject out{{QStringLiteral("user"), camera.user},
                    {QStringLiteral("key"), camera.key},
                    {QStringLiteral("name"), camera.name},
                    {QStringLiteral("zone"), QString::fromLatin1(camera.zone)},
                    {QStringLiteral("offset"), camera.offset},
                    {QStringLiteral("offset_learned"), camera.offsetLearned},
                    {QStringLiteral("offset_fixed"), camera.offsetFixed},
                    {QStringLiteral("created"), camera.created},
                    {QStringLiteral("removed"), camera.removed},
                    {QStringLiteral("merged_into"), camera.mergedInto}};
    if (camera.namesUtcOffset)
        out[QStringLiteral("names_utc_offset")] = *camera.namesUtcOffset;
    return out;
}

SnapshotCamera cameraFrom(const QJsonObject &json)
{
    SnapshotCamera camera;
    camera.user = json[QLatin1String("user")].toString();
    camera.key = json[QLatin1String("key")].toString();
    camera.name = json[QLatin1String("name")].toString();
    camera.zone = json[QLatin1String("zone")].toString().toLatin1();
    camera.offset = json[QLatin1String("offset")].toInteger();
    camera.offsetLearned = json[QLatin1String("offset_learned")].toBool();
    camera.offsetFixed = json[QLatin1String("offset_fixed")].toBool();
    camera.created = json[QLatin1String("created")].toInteger();
    camera.removed = json[QLatin1String("removed")].toBool();
    camera.mergedInto = json[QLatin1String("merged_into")].toInt(-1);
    if (const QJsonValue names = json[QLatin1String("names_utc_offset")]; names.isDouble())
        camera.namesUtcOffset = names.toInt();
    return camera;
}

CameraPlaces readCameras(db::Connection &db, StateSnapshot &out)
{
    CameraPlaces places;
    QVector<qint64> targets;
    db::Statement row = db.query(R"(
        SELECT c.id, a.user, c.key, c.name, c.zone, c.clock_offset, c.offset_learned,
            c.offset_fixed, c.created, c.removed, c.merged_into, c.names_utc_offset
        FROM camera c
            JOIN account a ON a.id = c.account
        ORDER BY c.id)");
    while (row.step()) {
        places.insert(row.integer(0), int(out.cameras.size()));
        targets.append(row.integer(10));
        out.cameras.append({row.text(1), row.text(2), row.text(3), row.blob(4), row.integer(5), row.flag(6),
                            row.flag(7), row.integer(8), row.flag(9), -1,
                            row.isNull(11) ? std::nullopt : std::optional(row.number(11))});
    }
    for (qsizetype i = 0; i < targets.size(); ++i)
        out.cameras[i].mergedInto = places.value(targets[i], -1);
    return places;
}

} // namespace

QByteArray toJson(const StateSnapshot &state)
{
    QJsonArray accounts;
    for (const Account &account : state.accounts)
        accounts.append(toObject(account));
    QJsonArray cameras;
    for (const SnapshotCamera &camera : state.cameras)
        cameras.append(toObject(camera));
    QJsonArray protectedItems;
    for (const ItemId item : state.protectedItems)
        protectedItems.append(item.value);
    QJsonArray reviewed;
    for (const ReviewedEvent &event : state.reviewed)
        reviewed.append(QJsonArray{event.camera, event.start, event.end});
    return QJsonDocument(QJsonObject{{QStringLiteral("version"), kVersion},
                                     {QStringLiteral("revision"), state.revision},
                                     {QStringLiteral("last_removal"), state.lastRemoval},
                                     {QStringLiteral("accounts"), accounts},
                                     {QStringLiteral("cameras"), cameras},
                                     {QStringLiteral("protected"), protectedItems},
                                     {QStringLiteral("reviewed"), reviewed}})
        .toJson(QJsonDocument::Compact);
}

Result<StateSnapshot> stateFromJson(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (object[QLatin1String("version")].toInt() != kVersion)
        return fail(ErrorKind::Corrupt,
                    Messages::tr("This is not a copy of the state, version %1").arg(kVersion),
                    QStringLiteral("state"));
    StateSnapshot out;
    out.revision = object[QLatin1String("revision")].toInteger();
    out.lastRemoval = object[QLatin1String("last_removal")].toInteger();
    for (const QJsonValue &account : object[QLatin1String("accounts")].toArray())
        out.accounts.append(accountFrom(account.toObject()));
    for (const QJsonValue &camera : object[QLatin1String("cameras")].toArray())
        out.cameras.append(cameraFrom(camera.toObject()));
    for (const QJsonValue &item : object[QLatin1String("protected")].toArray())
        out.protectedItems.append(ItemId{item.toInteger()});
    for (const QJsonValue &event : object[QLatin1String("reviewed")].toArray())
        out.reviewed.append({event[0].toInt(-1), event[1].toInteger(), event[2].toInteger()});
    return out;
}

StateSnapshot readState(db::Connection &db)
{
    StateSnapshot out;
    {
        db::Statement row = db.query("SELECT value FROM meta WHERE key = ?", kStateRevisionKey);
        if (row.step())
            out.revision = row.text(0).toLongLong();
    }
    {
        db::Statement row =
            db.query("SELECT id, user, salt, hash, iterations, enabled FROM account ORDER BY id");
        while (row.step())
            out.accounts.append(
                {row.id<AccountId>(0), row.text(1), row.blob(2), row.blob(3), row.number(4), row.flag(5)});
    }
    const CameraPlaces places = readCameras(db, out);
    {
        db::Statement row = db.query(
            "SELECT id FROM item WHERE protected = 1 UNION SELECT item FROM salvaged_item ORDER BY 1");
        while (row.step())
            out.protectedItems.append(row.id<ItemId>(0));
    }
    {
        db::Statement row = db.query("SELECT max(at) FROM deletion");
        if (row.step())
            out.lastRemoval = row.integer(0);
    }
    db::Statement row =
        db.query("SELECT camera, start, end FROM event WHERE reviewed = 1 ORDER BY camera, start, end");
    while (row.step())
        out.reviewed.append({places.value(row.integer(0), -1), row.integer(1), row.integer(2)});
    return out;
}

} // namespace gatehouse::catalog
