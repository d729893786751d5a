// The rows of accounts and cameras: finding, making and naming them. Inside an operation.
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
    CameraId mergedInto;
    bool removed = false;
};

std::optional<CameraRow> findCamera(WriteContext &context, CameraId id);
// NotFound, in words.
Result<CameraRow> cameraOrError(WriteContext &context, CameraId id);
// NotFound too for one that is hidden: removed, or merged into another.
Result<CameraRow> visibleCamera(WriteContext &context, CameraId id);

struct Resolved {
    CameraRow origin; // what the path says
    CameraRow camera; // where its items are listed: `origin`, or what it was merged into
};
// The camera an upload belongs to; made if it is the first.
Result<Resolved> resolveCamera(WriteContext &context, AccountId account, const QString &key,
                               const QString &name);

// `wanted`, or the next of "wanted 2", "wanted 3", … that is free.
QString freeCameraName(WriteContext &context, const QString &wanted);
CameraRow insertCamera(WriteContext &context, AccountId account, const QString &key, const QString &name);
std::optional<Account> findAccount(WriteContext &context, const QString &user);

} // namespace gatehouse::catalog
