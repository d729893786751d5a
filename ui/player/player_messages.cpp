#include "player/player_messages.h"

#include "base/messages.h"
#include "widgets/format.h"

#include <QLocale>
#include <algorithm>

namespace gatehouse::player
{

namespace
{

constexpr qint64 kNoGap = 1'500; // ms; consecutive clips of one recording

} // namespace

QString withheldText(const catalog::Item &item)
{
    const bool isStill = item.kind == Kind::Still;
    if (item.state == ItemState::TooLong)
        return isStill ? Messages::tr("Decoding this picture took too long when it arrived.")
                       : Messages::tr("Decoding this clip took too long when it arrived.");
    return isStill ? Messages::tr("Gatehouse closed unexpectedly while opening this picture.")
                   : Messages::tr("Gatehouse closed unexpectedly while opening this clip.");
}

QString cannotPlayText(const catalog::Item &item, const Error &error)
{
    const QString what = item.kind == Kind::Still ? Messages::tr("This picture can't be shown: %1")
                                                  : Messages::tr("This clip can't be played: %1");
    switch (error.kind) {
    case ErrorKind::NotFound:
        return what.arg(Messages::tr("its file is no longer in the archive folder."));
    case ErrorKind::Denied:
        return what.arg(Messages::tr("Gatehouse has no permission to read its file."));
    case ErrorKind::Unavailable:
        return what.arg(Messages::tr("the archive disk does not respond (%1).").arg(error.text));
    default:
        // The item is fine, and the reason says why it cannot be shown.
        if (item.state == ItemState::Ok && item.width == 0 && !item.reason.isEmpty())
            return item.reason;
        // The result of the examination says more than the decoder's error.
        return what.arg(item.reason.isEmpty() ? error.text : item.reason);
    }
}

QString endText(const catalog::Item &item, bool isDamaged)
{
    if (item.state == ItemState::Incomplete)
        return item.reason.isEmpty() ? Messages::tr("The recording ends here: the rest never arrived")
                                     : Messages::tr("The recording ends here: %1").arg(item.reason);
    if (item.state == ItemState::Damaged)
        return item.reason.isEmpty() ? Messages::tr("Parts of this clip are damaged") : item.reason;
    if (isDamaged)
        return Messages::tr("Parts of this clip could not be decoded");
    return item.state == ItemState::Ok ? item.reason : QString(); // a remark
}

QString nothingRecordedText(qint64 time, const QString &camera)
{
    return Messages::tr("Nothing recorded at %1 on %2").arg(widgets::minuteText(time), camera);
}

QString goneText(qint64 time, const QString &camera, const QString &reason)
{
    return Messages::tr("What %2 recorded at %1 was deleted: %3")
        .arg(widgets::minuteText(time), camera, reason);
}

QString nextClipText(qint64 gap)
{
    return gap < kNoGap ? Messages::tr("Next clip")
                        : Messages::tr("Next clip, %1 later").arg(widgets::spanText(gap));
}

QString qualityText(int width, int height)
{
    const int lines = std::min(width, height);
    if (lines <= 0)
        return {};
    if (lines >= 2160)
        return QStringLiteral("4K");
    return lines >= 720 ? QStringLiteral("HD %1p").arg(lines) : QStringLiteral("%1p").arg(lines);
}

QString rateText(double rate)
{
    return QLocale().toString(rate, 'g', 3) + QChar(0xd7);
}

} // namespace gatehouse::player
