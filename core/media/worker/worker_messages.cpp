#include "media/worker/worker_messages.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>

namespace gatehouse::media
{

namespace
{

QByteArray lineOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

std::optional<QJsonObject> objectOf(const QByteArray &line)
{
    const QJsonDocument document = QJsonDocument::fromJson(line);
    if (!document.isObject() || !document[QStringLiteral("number")].isDouble())
        return std::nullopt;
    return document.object();
}

} // namespace

QByteArray WorkerRequest::toLine() const
{
    return lineOf({{QStringLiteral("number"), number},
                   {QStringLiteral("kind"), kind},
                   {QStringLiteral("file"), file},
                   {QStringLiteral("output"), output},
                   {QStringLiteral("length"), length},
                   {QStringLiteral("hardware"), QJsonArray::fromStringList(hardware)}});
}

std::optional<WorkerRequest> WorkerRequest::fromLine(const QByteArray &line)
{
    const auto object = objectOf(line);
    if (!object)
        return std::nullopt;
    WorkerRequest out;
    out.number = (*object)[QStringLiteral("number")].toInteger();
    out.kind = (*object)[QStringLiteral("kind")].toString();
    out.file = (*object)[QStringLiteral("file")].toString();
    out.output = (*object)[QStringLiteral("output")].toString();
    out.length = (*object)[QStringLiteral("length")].toInteger();
    for (const QJsonValue &name : (*object)[QStringLiteral("hardware")].toArray())
        out.hardware.append(name.toString());
    return out;
}

QByteArray WorkerAnswer::toLine() const
{
    if (!error.isEmpty())
        return lineOf({{QStringLiteral("number"), number}, {QStringLiteral("error"), error}});
    if (progress)
        return lineOf({{QStringLiteral("number"), number}, {QStringLiteral("progress"), *progress}});
    return lineOf({{QStringLiteral("number"), number}, {QStringLiteral("result"), result}});
}

std::optional<WorkerAnswer> WorkerAnswer::fromLine(const QByteArray &line)
{
    const auto object = objectOf(line);
    if (!object)
        return std::nullopt;
    WorkerAnswer out;
    out.number = (*object)[QStringLiteral("number")].toInteger();
    out.error = (*object)[QStringLiteral("error")].toString();
    const QJsonValue progress = (*object)[QStringLiteral("progress")];
    if (progress.isDouble()) {
        out.progress = std::clamp(progress.toDouble(), 0.0, 1.0);
        return out;
    }
    const QJsonValue result = (*object)[QStringLiteral("result")];
    if (out.error.isEmpty() && !result.isObject())
        return std::nullopt;
    out.result = result.toObject();
    return out;
}

} // namespace gatehouse::media
