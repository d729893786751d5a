// User actions on accounts and cameras.
#pragma once

#include "catalog/operations/operation.h"
#include "catalog/types/camera.h"

namespace gatehouse::catalog
{

// NotFound.
struct FindAccount {
    QString user;

    Result<Account> run(WriteContext &context) const;
};

struct AddCamera {
    QString name;
    Account account; // user "": derived from the name

    Result<Camera> run(WriteContext &context) const;
};

struct SetAccountSecret {
    AccountId account;
    QByteArray salt;
    QByteArray hash;
    int iterations = 0;

    Result<void> run(WriteContext &context) const;
};

struct RenameCamera {
    CameraId camera;
    QString name;

    Result<void> run(WriteContext &context) const;
};

// Moves its items.
struct SetCameraZone {
    CameraId camera;
    QByteArray zone; // IANA id

    Result<void> run(WriteContext &context) const;
};

// Moves its items.
struct SetCameraOffset {
    CameraId camera;
    qint64 offset = 0; // ms that its clock is ahead
    bool fixed = false;

    Result<void> run(WriteContext &context) const;
};

struct RemoveCamera {
    CameraId camera;
    bool withEvidence = false;
    QString reason;

    Result<void> run(WriteContext &context) const;
};

struct MergeCameras {
    CameraId from;
    CameraId into;

    Result<void> run(WriteContext &context) const;
};

// Undoes a merge.
struct SplitCamera {
    CameraId merged;

    Result<void> run(WriteContext &context) const;
};

} // namespace gatehouse::catalog
