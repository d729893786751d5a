// Faults of cameras as the engine reports them, and the one table of sentences about them: the camera's row,
// the page that waits for it, and `gatehouse status` say the same. Times are UTC ms. Values: any thread.
#pragma once

#include "base/fault_kind.h"
#include "protocol/codec.h"

namespace gatehouse::protocol
{

// One per kind, user and address.
struct CameraFault {
    FaultKind kind = FaultKind::NoLogIn;
    QString user = {};    // empty: it named none, and no camera is known at that address
    QString peer = {};    // address; empty for ClockUnset
    CameraId camera = {}; // none: every camera with that login
    QString detail = {};  // what the kind is about: a version, protocol, address or error; may be empty
    QString wanted = {};  // OldTls: the oldest version allowed
    int firstPort = 0;    // NoPassiveData: the range of passive ports; 0: any
    int lastPort = 0;
    qint64 count = 0;
    qint64 first = 0;
    qint64 last = 0;

    bool operator==(const CameraFault &) const = default;

    static constexpr auto fields()
    {
        return std::tuple{field("kind", &CameraFault::kind),
                          field("user", &CameraFault::user),
                          field("peer", &CameraFault::peer),
                          field("camera", &CameraFault::camera),
                          field("detail", &CameraFault::detail),
                          field("wanted", &CameraFault::wanted),
                          field("first_port", &CameraFault::firstPort),
                          field("last_port", &CameraFault::lastPort),
                          field("count", &CameraFault::count),
                          field("first", &CameraFault::first),
                          field("last", &CameraFault::last)};
    }
};

// A camera's Test button was pressed, and it works: the newest test file of a user.
struct TestUpload {
    QString user;
    QString peer; // address
    qint64 at = 0;

    bool operator==(const TestUpload &) const = default;

    static constexpr auto fields()
    {
        return std::tuple{field("user", &TestUpload::user), field("peer", &TestUpload::peer),
                          field("at", &TestUpload::at)};
    }
};

// "%1" of `brief` is the time since when.
struct FaultText {
    QString brief; // for the row: a few words
    QString what;  // a sentence: what the camera does
    QString todo;  // a sentence: what to do about it; may be empty

    [[nodiscard]] QString sentences() const;
};

FaultText textOf(const CameraFault &fault);

// The one of a camera that matters most: what keeps recordings out comes before the rest, then the newest.
// faults: newest first. Null: none.
const CameraFault *faultOf(const QVector<CameraFault> &faults, const QString &user, CameraId camera);

// Its uploads are stored all the same.
constexpr bool isReceived(FaultKind kind)
{
    return kind == FaultKind::ClockUnset;
}

// It has not logged in: where the page that waits for it shows the fault.
constexpr bool isBeforeLogIn(FaultKind kind)
{
    return kind < FaultKind::NoPassiveData;
}

} // namespace gatehouse::protocol
