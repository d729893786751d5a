// Commands about copies in an S3 bucket, and how they stand. Times are UTC ms, sizes bytes. Values: any
// thread.
#pragma once

#include "protocol/codec.h"

#include <array>

namespace gatehouse::protocol
{

// What of a camera goes off-site. Each includes the ones before it.
enum class OffsiteChoice { Nothing, Stills, LowRes, Everything };

constexpr std::array<QLatin1String, 4> namesOf(OffsiteChoice)
{
    return {QLatin1String("nothing"), QLatin1String("stills"), QLatin1String("low_res"),
            QLatin1String("everything")};
}

// Where to. What is omitted stays as it is; an empty text is the provider's, or none.
struct OffsiteConnection {
    static constexpr qint64 kMaxText = 500;
    static constexpr qint64 kMaxSecret = 1000;

    std::optional<QString> provider = {}; // id of a profile
    std::optional<QString> endpoint = {};
    std::optional<QString> region = {};
    std::optional<QString> account = {};
    std::optional<QString> bucket = {};
    std::optional<QString> prefix = {};
    std::optional<QString> site = {};
    std::optional<QString> accessKey = {};
    std::optional<QString> caFile = {};
    std::optional<QString> secret = {}; // the secret key: never log it

    [[nodiscard]] bool isEmpty() const
    {
        return !provider && !endpoint && !region && !account && !bucket && !prefix && !site && !accessKey &&
               !caFile && !secret;
    }

    static constexpr auto fields()
    {
        return std::tuple{field("provider", &OffsiteConnection::provider).within(0, kMaxText),
                          field("endpoint", &OffsiteConnection::endpoint).within(0, kMaxText),
                          field("region", &OffsiteConnection::region).within(0, kMaxText),
                          field("account", &OffsiteConnection::account).within(0, kMaxText),
                          field("bucket", &OffsiteConnection::bucket).within(0, kMaxText),
                          field("prefix", &OffsiteConnection::prefix).within(0, kMaxText),
                          field("site", &OffsiteConnection::site).within(0, kMaxText),
                          field("access_key", &OffsiteConnection::accessKey).within(0, kMaxText),
                          field("ca_file", &OffsiteConnection::caFile).within(0, kMaxText),
                          field("secret", &OffsiteConnection::secret).within(0, kMaxSecret)};
    }
};

enum class FindingVerdict { Good, Limited, Bad };

constexpr std::array<QLatin1String, 3> namesOf(FindingVerdict)
{
    return {QLatin1String("good"), QLatin1String("limited"), QLatin1String("bad")};
}

// One thing that the test of a bucket found out.
struct OffsiteFinding {
    FindingVerdict verdict = FindingVerdict::Good;
    QString text; // a sentence or two

    static constexpr auto fields()
    {
        return std::tuple{field("verdict", &OffsiteFinding::verdict), field("text", &OffsiteFinding::text)};
    }
};

struct OffsiteReport {
    bool isUsable = false;
    bool isSaved = false;
    QVector<OffsiteFinding> findings; // empty: nothing had to be tested
    QString secretPlace;              // where the secret key is kept: "the keychain"

    static constexpr auto fields()
    {
        return std::tuple{field("usable", &OffsiteReport::isUsable), field("saved", &OffsiteReport::isSaved),
                          field("findings", &OffsiteReport::findings),
                          field("secret_place", &OffsiteReport::secretPlace)};
    }
};

// Tests the bucket by the same requests that copies make, and saves only what is usable; takes some seconds.
// Without a connection nothing is tested. Invalid names the field.
struct SetOffsite {
    static constexpr qint64 kMaxUploadLimit = 1'000'000'000;

    OffsiteConnection connection = {};
    std::optional<OffsiteChoice> choice = {};
    std::optional<qint64> uploadLimit = {}; // bytes per second; 0: none
    bool isForced = false;                  // saves whatever the test finds

    static constexpr QLatin1String kName{"offsite.set"};
    using Reply = OffsiteReport;
    static constexpr auto fields()
    {
        return std::tuple{field("connection", &SetOffsite::connection).orDefault(),
                          field("choice", &SetOffsite::choice),
                          field("upload_limit", &SetOffsite::uploadLimit).within(0, kMaxUploadLimit),
                          field("force", &SetOffsite::isForced).orDefault()};
    }
};

// The same test; saves nothing.
struct TestOffsite {
    OffsiteConnection connection = {};

    static constexpr QLatin1String kName{"offsite.test"};
    using Reply = OffsiteReport;
    static constexpr auto fields()
    {
        return std::tuple{field("connection", &TestOffsite::connection).orDefault()};
    }
};

struct OffsiteAmount {
    qint64 files = 0;
    qint64 bytes = 0; // a low-res copy that has not been made yet counts as 0

    bool operator==(const OffsiteAmount &) const = default;

    static constexpr auto fields()
    {
        return std::tuple{field("files", &OffsiteAmount::files), field("bytes", &OffsiteAmount::bytes)};
    }
};

// In the order in which it goes.
struct OffsiteWaiting {
    OffsiteAmount firstPictures; // of events
    OffsiteAmount stills;
    OffsiteAmount lowRes;
    OffsiteAmount full; // clips, and files of other kinds

    bool operator==(const OffsiteWaiting &) const = default;

    static constexpr auto fields()
    {
        return std::tuple{field("first_pictures", &OffsiteWaiting::firstPictures),
                          field("stills", &OffsiteWaiting::stills), field("low_res", &OffsiteWaiting::lowRes),
                          field("full", &OffsiteWaiting::full)};
    }
};

struct OffsiteTransfer {
    ItemId item;
    QString key; // of its object
    qint64 bytes = 0;
    qint64 sent = 0;

    bool operator==(const OffsiteTransfer &) const = default;

    static constexpr auto fields()
    {
        return std::tuple{field("item", &OffsiteTransfer::item), field("key", &OffsiteTransfer::key),
                          field("bytes", &OffsiteTransfer::bytes), field("sent", &OffsiteTransfer::sent)};
    }
};

// Why nothing goes on.
struct OffsiteTrouble {
    QString text;           // a sentence
    bool needsUser = false; // it says what to do; otherwise it is tried again
    qint64 since = 0;
    qint64 nextTry = 0; // 0: at once, or not by itself

    bool operator==(const OffsiteTrouble &) const = default;

    static constexpr auto fields()
    {
        return std::tuple{
            field("text", &OffsiteTrouble::text), field("needs_user", &OffsiteTrouble::needsUser),
            field("since", &OffsiteTrouble::since), field("next_try", &OffsiteTrouble::nextTry)};
    }
};

struct OffsiteStatus {
    bool isSet = false;
    bool isPaused = false;
    QString provider;
    QString bucket;
    QString prefix;
    QString site;
    QString secretPlace;
    bool isArchiveAway = false;    // nothing is sent until its disk is back
    bool isLookingThrough = false; // older recordings are looked through: more will be waiting
    OffsiteWaiting waiting;        // without what has failed
    OffsiteAmount failed;
    OffsiteAmount durable;    // off-site for certain
    qint64 oldestWaiting = 0; // arrival; 0: nothing waits
    // Everything that arrived before is off-site, but for what has failed; 0: not known.
    qint64 stillsSafeUpTo = 0;
    qint64 allSafeUpTo = 0;
    QVector<OffsiteTransfer> transfers;
    qint64 bytesPerSecond = 0;
    std::optional<OffsiteTrouble> trouble;

    bool operator==(const OffsiteStatus &) const = default;

    static constexpr auto fields()
    {
        return std::tuple{field("set", &OffsiteStatus::isSet),
                          field("paused", &OffsiteStatus::isPaused),
                          field("provider", &OffsiteStatus::provider),
                          field("bucket", &OffsiteStatus::bucket),
                          field("prefix", &OffsiteStatus::prefix),
                          field("site", &OffsiteStatus::site),
                          field("secret_place", &OffsiteStatus::secretPlace),
                          field("archive_away", &OffsiteStatus::isArchiveAway),
                          field("looking_through", &OffsiteStatus::isLookingThrough),
                          field("waiting", &OffsiteStatus::waiting),
                          field("failed", &OffsiteStatus::failed),
                          field("durable", &OffsiteStatus::durable),
                          field("oldest_waiting", &OffsiteStatus::oldestWaiting),
                          field("stills_safe_up_to", &OffsiteStatus::stillsSafeUpTo),
                          field("all_safe_up_to", &OffsiteStatus::allSafeUpTo),
                          field("transfers", &OffsiteStatus::transfers),
                          field("bytes_per_second", &OffsiteStatus::bytesPerSecond),
                          field("trouble", &OffsiteStatus::trouble)};
    }
};

struct GetOffsiteStatus {
    static constexpr QLatin1String kName{"offsite.status"};
    using Reply = OffsiteStatus;
    static constexpr auto fields() { return std::tuple{}; }
};

// Across restarts.
struct PauseOffsite {
    static constexpr QLatin1String kName{"offsite.pause"};
    using Reply = Nothing;
    static constexpr auto fields() { return std::tuple{}; }
};

// Also tries at once what waits after a failure, and reads the secret key again.
struct ResumeOffsite {
    static constexpr QLatin1String kName{"offsite.resume"};
    using Reply = Nothing;
    static constexpr auto fields() { return std::tuple{}; }
};

struct SetCameraOffsite {
    CameraId camera;
    std::optional<OffsiteChoice> choice = {}; // none: as for all cameras

    static constexpr QLatin1String kName{"camera.offsite"};
    using Reply = Nothing;
    static constexpr auto fields()
    {
        return std::tuple{field("camera", &SetCameraOffsite::camera),
                          field("choice", &SetCameraOffsite::choice)};
    }
};

// Notification: at most four a second.
struct OffsiteChanged {
    OffsiteStatus status;

    static constexpr QLatin1String kName{"offsite.changed"};
    static constexpr auto fields() { return std::tuple{field("status", &OffsiteChanged::status)}; }
};

} // namespace gatehouse::protocol
