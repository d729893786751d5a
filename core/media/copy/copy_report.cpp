#include "media/copy/copy_report.h"

#include <QJsonArray>
#include <algorithm>

namespace gatehouse::media
{

CopyReport CopyReport::impossible(const QString &reason)
{
    return {.outcome = Outcome::Impossible, .reason = reason};
}

CopyReport CopyReport::of(const Error &error)
{
    const bool isFinal = error.kind == ErrorKind::Corrupt || error.kind == ErrorKind::Invalid;
    return {.outcome = isFinal ? Outcome::Impossible : Outcome::Failed, .reason = error.text};
}

QJsonObject CopyReport::toJson() const
{
    return {{QStringLiteral("made"), isMade()},
            {QStringLiteral("impossible"), outcome == Outcome::Impossible},
            {QStringLiteral("reason"), reason},
            {QStringLiteral("bytes"), bytes},
            {QStringLiteral("pictures"), pictures},
            {QStringLiteral("duration"), duration},
            {QStringLiteral("hardware"), hardware},
            {QStringLiteral("failed_hardware"), QJsonArray::fromStringList(failedHardware)}};
}

CopyReport CopyReport::fromJson(const QJsonObject &json)
{
    CopyReport out;
    out.outcome = json[QStringLiteral("made")].toBool()         ? Outcome::Made
                  : json[QStringLiteral("impossible")].toBool() ? Outcome::Impossible
                                                                : Outcome::Failed;
    out.reason = json[QStringLiteral("reason")].toString();
    out.bytes = std::max<qint64>(0, json[QStringLiteral("bytes")].toInteger());
    out.pictures = json[QStringLiteral("pictures")].toInt();
    out.duration = json[QStringLiteral("duration")].toInteger();
    out.hardware = json[QStringLiteral("hardware")].toString();
    for (const QJsonValue &name : json[QStringLiteral("failed_hardware")].toArray())
        out.failedHardware.append(name.toString());
    return out;
}

} // namespace gatehouse::media
