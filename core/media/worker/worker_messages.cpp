#include "media/worker/worker_messages.h"

#include <QJsonDocument>

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
                   {QStringLiteral("output"), output}});
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
    return out;
}

QByteArray WorkerAnswer::toLine() const
{
    if (!error.isEmpty())
        return lineOf({{QStringLiteral("number"), number}, {QStringLiteral("error"), error}});
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
    const QJsonValue result = (*object)[QStringLiteral("result")];
    if (out.error.isEmpty() && !result.isObject())
        return std::nullopt;
    out.result = result.toObject();
    return out;
}

} // namespace gatehouse::media
