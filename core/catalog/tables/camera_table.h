// The rows of accounts and cameras: finding, creating and naming them. Inside an operation.
#pragma once

#include "catalog/tables/write_context.h"

namespace gatehouse::catalog
{

struct CameraRow {
    CameraId id;
    AccountId account;
    QString key; // null: none yet
    QString name;
    QByteArray zone;
    qint64 offset = 0;
    bool offsetLearned = false;
    bool offsetFixed = false;
    std::optional<int> namesUtcOffset; // s at which it writes its names, whatever its zone; none: as its zone
    CameraId mergedInto;
    bool removed = false;
};

std::optional<CameraRow> findCamera(WriteContext &context, CameraId id);
// NotFound has a sentence for the user.
Result<CameraRow> cameraOrError(WriteContext &context, CameraId id);
// Also NotFound for a hidden one: removed, or merged into another.
Result<CameraRow> visibleCamera(WriteContext &context, CameraId id);

struct Resolved {
    CameraRow origin; // according to the path
    CameraRow camera; // where its items are listed: `origin`, or the camera it was merged into
};
// The camera of an upload; created for its first one.
Result<Resolved> resolveCamera(WriteContext &context, AccountId account, const QString &key,
                               const QString &name);

// The same by the serial in a picture, for an item of `origin` whose path names no camera: a camera's own key
// is then the serial. None: it stays where it is, because that is its camera, because paths of this account
// do name cameras, or because serials seem to be random.
Result<std::optional<Resolved>> resolveDevice(WriteContext &context, const CameraRow &origin,
                                              const QString &serial, const QString &model);
// Its key is a serial from pictures, not a name from paths.
bool isKnownBySerial(const CameraRow &camera);

// `wanted`, or the first free one of "wanted 2", "wanted 3", ….
QString freeCameraName(WriteContext &context, const QString &wanted);
CameraRow insertCamera(WriteContext &context, AccountId account, const QString &key, const QString &name);
std::optional<Account> findAccount(WriteContext &context, const QString &user);

} // namespace gatehouse::catalog
