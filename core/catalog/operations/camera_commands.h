// What the user does with accounts and cameras. Inside a writer's command.
#pragma once

#include "catalog/operations/write_context.h"

namespace gatehouse::catalog
{

Result<Account> accountOf(WriteContext &context, const QString &user);
Result<Camera> addCamera(WriteContext &context, const QString &name, const Account &account);
Result<void> setAccountSecret(WriteContext &context, AccountId account, const QByteArray &salt,
                              const QByteArray &hash, int iterations);
Result<void> renameCamera(WriteContext &context, CameraId camera, const QString &name);
Result<void> setCameraZone(WriteContext &context, CameraId camera, const QByteArray &zone);
Result<void> setCameraOffset(WriteContext &context, CameraId camera, qint64 offset, bool fixed);
Result<void> removeCamera(WriteContext &context, CameraId camera, bool withEvidence, const QString &reason);
Result<void> mergeCameras(WriteContext &context, CameraId from, CameraId into);
Result<void> splitCamera(WriteContext &context, CameraId merged);

} // namespace gatehouse::catalog
