#include "media/probe/examination.h"

#include "base/messages.h"
#include "media/demux/container_end.h"
#include "media/demux/decode_log.h"
#include "media/demux/foreign_clip.h"
#include "media/picture/decoder_geometry.h"
#include "media/picture/decoder_still.h"
#include "media/picture/picture_limits.h"
#include "media/picture/still.h"
#include "media/probe/clip_check.h"
#include "media/probe/poster.h"
#include "media/probe/representative_frame.h"

#include <QFileInfo>
#include <algorithm>
#include <cctype>

namespace gatehouse::media
{

namespace
{

// Text, above all a web page: what a camera's own web server said instead of a picture.
bool looksLikeText(const QByteArray &head)
{
    return std::all_of(head.begin(), head.end(),
                       [](char c) { return uchar(c) >= 0x20 || std::isspace(uchar(c)) != 0; });
}

QString reasonForUnknown(const Source &source)
{
    const QByteArray head = source.at(0, 512);
    if (!looksLikeText(head))
        return Messages::tr("This is neither a picture nor a clip that Gatehouse can recognise.");
    return head.toLower().contains("<html") ? Messages::tr("This is a web page, not a picture or a clip.")
                                            : Messages::tr("This is text, not a picture or a clip.");
}

Examination examineStill(const Source &source, const QString &posterFile)
{
    Examination out;
    if (source.bytes() > kMaxPictureFileBytes) {
        out.result.kind = Kind::Still;
        out.result.reason = Messages::tr("This picture is too large.");
        return out;
    }
    StillCheck check = checkStill(source.at(0, source.bytes()));
    out.result = std::move(check.result);
    if (check.picture)
        out.result.posterBytes =
            writePoster(*check.picture, kSquarePoints, check.orientation, posterFile).value_or(0);
    return out;
}

// For a file that cannot be opened as a clip.
ProbeResult unreadable(Source &source, ContainerEnd end)
{
    ProbeResult result;
    if (const auto foreign = end == ContainerEnd::NoTable ? std::nullopt : foreignClip(source)) {
        result = *foreign;
        if (end == ContainerEnd::Cut) {
            result.state = ItemState::Incomplete;
            result.reason = Messages::tr("The end of the file is missing: the camera stopped sending.") +
                            QLatin1Char(' ') + foreign->reason;
        }
        return result;
    }
    switch (end) {
    case ContainerEnd::NoTable:
        result.kind = Kind::Clip;
        result.container = QStringLiteral("mov");
        result.state = ItemState::Incomplete;
        result.reason = Messages::tr("The end of the file is missing, including the index that a player "
                                     "needs: the camera stopped while it was recording.");
        break;
    case ContainerEnd::Cut:
        result.kind = Kind::Clip;
        result.state = ItemState::Incomplete;
        result.reason = Messages::tr("Too little of the clip arrived to play it.");
        break;
    case ContainerEnd::Whole:
        result.reason = isClip(source) ? Messages::tr("The clip's index is damaged: it can't be played.")
                                       : reasonForUnknown(source);
        result.kind = isClip(source) ? Kind::Clip : Kind::Other;
        break;
    }
    return result;
}

void describe(ClipReader &reader, AVFrame *picture, ProbeResult &result)
{
    const AVCodecParameters *parameters = reader.stream()->codecpar;
    result.kind = Kind::Clip;
    result.container = reader.container();
    result.videoCodec = QString::fromLatin1(avcodec_get_name(parameters->codec_id));
    result.audioCodec = reader.audioCodec();
    const int width = picture != nullptr ? picture->width : parameters->width;
    const int height = picture != nullptr ? picture->height : parameters->height;
    const ShownSize shown = shownSize(width, height, pixelAspectOf(reader.format(), reader.stream(), picture),
                                      orientationOf(*reader.stream()));
    result.width = shown.width;
    result.height = shown.height;
    const AVDictionaryEntry *made = av_dict_get(reader.format()->metadata, "creation_time", nullptr, 0);
    if (made != nullptr) {
        const QDateTime time = QDateTime::fromString(QString::fromLatin1(made->value), Qt::ISODateWithMs);
        result.contentTime = time.isValid() ? time.toMSecsSinceEpoch() : 0;
    }
}

void judge(const ClipCheck &check, ContainerEnd end, ProbeResult &result)
{
    const bool isCut = end != ContainerEnd::Whole || check.missingPackets > 0;
    const int faults = isCut ? check.faults - check.faultsAtEnd : check.faults;
    QStringList reasons;
    if (check.pictures == 0) {
        result.state = isCut ? ItemState::Incomplete : ItemState::Damaged;
        result.reason = isCut ? Messages::tr("Too little of the clip arrived to play it.")
                              : Messages::tr("No picture can be decoded.");
        return;
    }
    result.state = ItemState::Ok;
    if (faults > 0) {
        result.state = ItemState::Damaged;
        reasons.append(
            faults == 1
                ? Messages::tr("The video is damaged in one place and plays with errors there.")
                : Messages::tr("The video is damaged in %1 places and plays with errors there.").arg(faults));
    }
    if (check.isBeginMissing) {
        result.state = ItemState::Incomplete;
        reasons.prepend(Messages::tr("The beginning is missing: it plays from the first complete picture."));
    }
    if (isCut) {
        result.state = ItemState::Incomplete;
        reasons.prepend(Messages::tr(
            "The end of the file is missing: the camera stopped sending. It plays up to there."));
    }
    if (check.differ())
        reasons.append(Messages::tr("The video ends after %1 s, the sound after %2 s.")
                           .arg(QString::number((check.picturesEnd + 500) / 1000),
                                QString::number((check.soundEnd + 500) / 1000)));
    result.reason = reasons.join(QLatin1Char(' '));
}

Examination examineClip(Source &source, const QString &posterFile, Depth depth)
{
    const ContainerEnd end = containerEnd(source);
    auto reader = ClipReader::open(source);
    if (!reader)
        return {unreadable(source, end), true};
    Examination out;
    Av<AVFrame> picture;
    if (depth == Depth::Quick) {
        out.isFinal = false;
        picture = representativeFrame(**reader, source.bytes());
        describe(**reader, picture.get(), out.result);
        out.result.state = ItemState::Unexamined;
    } else {
        ClipCheck check = checkClip(**reader, source.bytes());
        describe(**reader, check.firstPicture.get(), out.result);
        judge(check, end, out.result);
        if ((*reader)->isEncrypted() || (check.pictures == 0 && isScrambled(source))) {
            out.result.state = ItemState::Ok;
            out.result.reason = Messages::tr("Gatehouse can't show this clip: it is encrypted.");
            out.result.duration = std::max<qint64>(0, (*reader)->format()->duration / 1000);
            return out;
        }
        out.result.frames = check.pictures;
        out.result.duration = check.duration;
        out.result.motion = check.motion;
        out.result.isDurationAssumed = check.isDurationAssumed;
        out.result.posterBytes = QFileInfo(posterFile).size();
        if (!out.result.hasPoster())
            picture = std::move(check.sample ? check.sample : check.firstPicture);
    }
    if (picture)
        out.result.posterBytes =
            writePoster(*picture, pixelAspectOf((*reader)->format(), (*reader)->stream(), picture.get()),
                        orientationOf(*(*reader)->stream()), posterFile)
                .value_or(0);
    return out;
}

} // namespace

QJsonObject Examination::toJson() const
{
    return {{QStringLiteral("final"), isFinal}, {QStringLiteral("probe"), result.toJson()}};
}

Examination Examination::fromJson(const QJsonObject &json)
{
    return {ProbeResult::fromJson(json[QStringLiteral("probe")].toObject()),
            json[QStringLiteral("final")].toBool()};
}

Examination examineFile(const QString &file, const QString &posterFile, Depth depth)
{
    installDecodeLog();
    auto source = Source::open(file);
    Examination out;
    if (!source) {
        // Not the camera's fault; a later attempt may succeed.
        out.result.state = ItemState::Unexamined;
        out.result.reason = Messages::tr("The file can't be read: %1").arg(source.error().text);
        return out;
    }
    if ((*source)->bytes() == 0) {
        out.result.state = ItemState::Incomplete;
        out.result.reason = Messages::tr("The file is empty: the camera sent nothing.");
        return out;
    }
    if (isStill(**source))
        return examineStill(**source, posterFile);
    return examineClip(**source, posterFile, depth);
}

} // namespace gatehouse::media
