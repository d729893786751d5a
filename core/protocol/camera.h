// Commands about cameras and their logins. Values: any thread.
#pragma once

#include "base/limits.h"
#include "protocol/codec.h"

namespace gatehouse::protocol
{

// The password is shown only once: it is never stored.
struct CameraLogin {
    CameraId camera;
    QString name;
    QString user;
    QString password;

    static constexpr auto fields()
    {
        return std::tuple{field("camera", &CameraLogin::camera), field("name", &CameraLogin::name),
                          field("user", &CameraLogin::user), field("password", &CameraLogin::password)};
    }
};

struct AddCamera {
    QString name;
    QString user = {};     // empty: derived from the name
    QString password = {}; // empty: a random one
    bool isShort = false;  // a random one of at most 7 letters and digits

    static constexpr QLatin1String kName{"camera.add"};
    using Reply = CameraLogin;
    static constexpr auto fields()
    {
        return std::tuple{field("name", &AddCamera::name), field("user", &AddCamera::user).orDefault(),
                          field("password", &AddCamera::password).orDefault(),
                          field("short", &AddCamera::isShort).orDefault()};
    }
};

struct SetCameraPassword {
    CameraId camera;
    QString password = {}; // empty: a random one
    bool isShort = false;  // a random one of at most 7 letters and digits

    static constexpr QLatin1String kName{"camera.password"};
    using Reply = CameraLogin;
    static constexpr auto fields()
    {
        return std::tuple{field("camera", &SetCameraPassword::camera),
                          field("password", &SetCameraPassword::password).orDefault(),
                          field("short", &SetCameraPassword::isShort).orDefault()};
    }
};

struct RenameCamera {
    CameraId camera;
    QString name;

    static constexpr QLatin1String kName{"camera.rename"};
    using Reply = Nothing;
    static constexpr auto fields()
    {
        return std::tuple{field("camera", &RenameCamera::camera), field("name", &RenameCamera::name)};
    }
};

struct RemoveCamera {
    CameraId camera;
    bool withEvidence = false; // its recordings go, too
    QString reason = {};

    static constexpr QLatin1String kName{"camera.remove"};
    using Reply = Nothing;
    static constexpr auto fields()
    {
        return std::tuple{field("camera", &RemoveCamera::camera),
                          field("evidence", &RemoveCamera::withEvidence),
                          field("reason", &RemoveCamera::reason).orDefault().within(0, limits::kMaxReason)};
    }
};

struct SetCameraZone {
    CameraId camera;
    QByteArray zone; // IANA id

    static constexpr QLatin1String kName{"camera.zone"};
    using Reply = Nothing;
    static constexpr auto fields()
    {
        return std::tuple{field("camera", &SetCameraZone::camera), field("zone", &SetCameraZone::zone)};
    }
};

struct SetCameraOffset {
    CameraId camera;
    qint64 offset = 0; // ms that its clock is ahead

    static constexpr QLatin1String kName{"camera.offset"};
    using Reply = Nothing;
    static constexpr auto fields()
    {
        return std::tuple{field("camera", &SetCameraOffset::camera),
                          field("offset_ms", &SetCameraOffset::offset)};
    }
};

// From now on, its uploads determine the offset.
struct LearnCameraOffset {
    CameraId camera;

    static constexpr QLatin1String kName{"camera.learn_offset"};
    using Reply = Nothing;
    static constexpr auto fields() { return std::tuple{field("camera", &LearnCameraOffset::camera)}; }
};

// For its login, which other cameras may share. Omitted fields stay unchanged.
struct SetCameraTls {
    CameraId camera;
    std::optional<bool> isRequired = {};
    std::optional<QString> minTls = {}; // "1.0" to "1.3"; empty: the receiver's

    static constexpr QLatin1String kName{"camera.tls"};
    using Reply = Nothing;
    static constexpr auto fields()
    {
        return std::tuple{field("camera", &SetCameraTls::camera),
                          field("required", &SetCameraTls::isRequired),
                          field("least", &SetCameraTls::minTls)};
    }
};

struct MergeCameras {
    CameraId from;
    CameraId into;

    static constexpr QLatin1String kName{"camera.merge"};
    using Reply = Nothing;
    static constexpr auto fields()
    {
        return std::tuple{field("from", &MergeCameras::from), field("into", &MergeCameras::into)};
    }
};

// Undoes a merge.
struct SplitCamera {
    CameraId camera; // the one that was merged into another

    static constexpr QLatin1String kName{"camera.split"};
    using Reply = Nothing;
    static constexpr auto fields() { return std::tuple{field("camera", &SplitCamera::camera)}; }
};

} // namespace gatehouse::protocol
