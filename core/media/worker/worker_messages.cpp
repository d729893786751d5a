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
                   {QStringLiteral("file"), file},
                   {QStringLiteral("poster"), poster},
                   {QStringLiteral("full"), depth == Depth::Full}});
}

std::optional<WorkerRequest> WorkerRequest::fromLine(const QByteArray &line)
{
    const auto object = objectOf(line);
    if (!object)
        return std::nullopt;
    WorkerRequest out;
    out.number = (*object)[QStringLiteral("number")].toInteger();
    out.file = (*object)[QStringLiteral("file")].toString();
    out.poster = (*object)[QStringLiteral("poster")].toString();
    out.depth = (*object)[QStringLiteral("full")].toBool() ? Depth::Full : Depth::Quick;
    return out;
}

QByteArray WorkerAnswer::toLine() const
{
    return lineOf({{QStringLiteral("number"), number},
                   {QStringLiteral("final"), found.isFinal},
                   {QStringLiteral("result"), found.result.toJson()}});
}

std::optional<WorkerAnswer> WorkerAnswer::fromLine(const QByteArray &line)
{
    const auto object = objectOf(line);
    if (!object || !(*object)[QStringLiteral("result")].isObject())
        return std::nullopt;
    WorkerAnswer out;
    out.number = (*object)[QStringLiteral("number")].toInteger();
    out.found.isFinal = (*object)[QStringLiteral("final")].toBool();
    out.found.result = ProbeResult::fromJson((*object)[QStringLiteral("result")].toObject());
    return out;
}

} // namespace gatehouse::media
