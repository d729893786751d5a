// What the user does with accounts and cameras. Inside a writer's command.
#pragma once

#include "catalog/store.h"

namespace gatehouse::catalog
{

Result<Account> accountOf(Store &store, const QString &user);
Result<Camera> addCamera(Store &store, const QString &name, const Account &account);
Result<void> setAccountSecret(Store &store, AccountId account, const QByteArray &salt, const QByteArray &hash,
                              int iterations);
Result<void> renameCamera(Store &store, CameraId camera, const QString &name);
Result<void> setCameraZone(Store &store, CameraId camera, const QByteArray &zone);
Result<void> setCameraOffset(Store &store, CameraId camera, qint64 offset, bool fixed);
Result<void> removeCamera(Store &store, CameraId camera, bool withEvidence, const QString &reason);
Result<void> mergeCameras(Store &store, CameraId from, CameraId into);
Result<void> splitCamera(Store &store, CameraId merged);

} // namespace gatehouse::catalog
