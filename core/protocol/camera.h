// Commands about cameras and their logins. Values: any thread.
#pragma once

#include "base/limits.h"
#include "protocol/codec.h"

namespace gatehouse::protocol
{

// Everything that a person enters into a camera; the mode is passive, the path "/".
struct CameraLogin {
    CameraId camera;
    QString name;
    QString user;
    QString password;           // empty unless it was created just now: it is never stored
    QVector<QString> addresses; // of this PC; empty: it is not connected to a network
    int port = 0;
    int passiveFirst = 0; // ports for data; 0: any free one
    int passiveLast = 0;
    bool isTlsRequired = false; // false: plain FTP works, too
    QString minTls;             // "1.0" to "1.3"
    bool isEnabled = true;      // false: of imported recordings; a new password enables it
    bool isAnonymous = false;   // needs no password
    QVector<QString> others;    // names of the other cameras that use this login

    static constexpr auto fields()
    {
        return std::tuple{field("camera", &CameraLogin::camera),
                          field("name", &CameraLogin::name),
                          field("user", &CameraLogin::user),
                          field("password", &CameraLogin::password),
                          field("server", &CameraLogin::addresses),
                          field("port", &CameraLogin::port),
                          field("passive_first", &CameraLogin::passiveFirst),
                          field("passive_last", &CameraLogin::passiveLast),
                          field("tls_required", &CameraLogin::isTlsRequired),
                          field("tls_least", &CameraLogin::minTls),
                          field("enabled", &CameraLogin::isEnabled),
                          field("anonymous", &CameraLogin::isAnonymous),
                          field("others", &CameraLogin::others)};
    }
};

struct GetCameraLogin {
    CameraId camera;

    static constexpr QLatin1String kName{"camera.login"};
    using Reply = CameraLogin;
    static constexpr auto fields() { return std::tuple{field("camera", &GetCameraLogin::camera)}; }
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
