#include "media/probe/probe.h"

#include "base/limits.h"

#include <algorithm>

namespace gatehouse::media
{

namespace
{
const QString kLocalFormat = QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzz");

// Answers come from a process that reads hostile bytes: out of range is cut, not believed.
constexpr qint64 kLatestTime = qint64(1) << 43; // the year 2248
constexpr int kMaxSide = 1 << 17;
constexpr int kMaxNameLength = 32;
constexpr int kMaxSerialLength = 64;
constexpr qint64 kMaxPosterBytes = 1 << 20; // some 20 KB are usual
constexpr int kMaxReasonLength = 400;

// Becomes part of a camera's name.
QString printable(QString text)
{
    return text.removeIf([](QChar c) { return !c.isPrint(); }).left(kMaxSerialLength);
}

} // namespace

QJsonObject ProbeResult::toJson() const
{
    QJsonObject json{
        {QStringLiteral("state"), nameOf(state)},     {QStringLiteral("kind"), nameOf(kind)},
        {QStringLiteral("duration"), duration},       {QStringLiteral("width"), width},
        {QStringLiteral("height"), height},           {QStringLiteral("frames"), frames},
        {QStringLiteral("container"), container},     {QStringLiteral("videoCodec"), videoCodec},
        {QStringLiteral("audioCodec"), audioCodec},   {QStringLiteral("contentTime"), contentTime},
        {QStringLiteral("posterBytes"), posterBytes},
    };
    if (!motion.isEmpty())
        json.insert(QStringLiteral("motion"), QString::fromLatin1(motion.toBytes().toBase64()));
    if (isDurationAssumed)
        json.insert(QStringLiteral("isDurationAssumed"), true);
    if (!reason.isEmpty())
        json.insert(QStringLiteral("reason"), reason);
    if (!cameraSerial.isEmpty())
        json.insert(QStringLiteral("cameraSerial"), cameraSerial);
    if (!cameraModel.isEmpty())
        json.insert(QStringLiteral("cameraModel"), cameraModel);
    if (contentLocalTime.isValid())
        json.insert(QStringLiteral("contentLocalTime"), contentLocalTime.toString(kLocalFormat));
    return json;
}

ProbeResult ProbeResult::fromJson(const QJsonObject &json)
{
    ProbeResult out;
    out.state = itemStateFromName(json[QStringLiteral("state")].toString()).value_or(ItemState::Damaged);
    out.kind = kindFromName(json[QStringLiteral("kind")].toString()).value_or(Kind::Other);
    out.reason = json[QStringLiteral("reason")].toString().left(kMaxReasonLength);
    out.duration = qBound(qint64(0), json[QStringLiteral("duration")].toInteger(), limits::kMaxItemDuration);
    out.isDurationAssumed = json[QStringLiteral("isDurationAssumed")].toBool();
    out.width = qBound(0, json[QStringLiteral("width")].toInt(), kMaxSide);
    out.height = qBound(0, json[QStringLiteral("height")].toInt(), kMaxSide);
    out.frames = std::max(0, json[QStringLiteral("frames")].toInt());
    out.container = json[QStringLiteral("container")].toString().left(kMaxNameLength);
    out.videoCodec = json[QStringLiteral("videoCodec")].toString().left(kMaxNameLength);
    out.audioCodec = json[QStringLiteral("audioCodec")].toString().left(kMaxNameLength);
    out.contentTime = qBound(qint64(0), json[QStringLiteral("contentTime")].toInteger(), kLatestTime);
    out.cameraSerial = printable(json[QStringLiteral("cameraSerial")].toString());
    out.cameraModel = printable(json[QStringLiteral("cameraModel")].toString());
    out.posterBytes = qBound(qint64(0), json[QStringLiteral("posterBytes")].toInteger(), kMaxPosterBytes);
    out.motion = MotionProfile::fromBytes(
        QByteArray::fromBase64(json[QStringLiteral("motion")].toString().toLatin1()));
    const QDateTime local =
        QDateTime::fromString(json[QStringLiteral("contentLocalTime")].toString(), kLocalFormat);
    if (local.isValid()) // the camera's local time; stored as UTC so that no hour is skipped
        out.contentLocalTime = QDateTime(local.date(), local.time(), Qt::UTC);
    return out;
}

} // namespace gatehouse::media
