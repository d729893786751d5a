#include "control/problem.h"

namespace gatehouse::control
{

QJsonObject Problem::toJson() const
{
    return {{QStringLiteral("key"), key},         {QStringLiteral("text"), text},
            {QStringLiteral("since"), since},     {QStringLiteral("action"), action},
            {QStringLiteral("command"), command}, {QStringLiteral("command_line"), commandLine}};
}

Problem Problem::fromJson(const QJsonObject &json)
{
    return {json.value(QLatin1String("key")).toString(),
            json.value(QLatin1String("text")).toString(),
            json.value(QLatin1String("since")).toInteger(),
            json.value(QLatin1String("action")).toString(),
            json.value(QLatin1String("command")).toString(),
            json.value(QLatin1String("command_line")).toString()};
}

QJsonArray toJson(const QVector<Problem> &problems)
{
    QJsonArray out;
    for (const Problem &problem : problems)
        out.append(problem.toJson());
    return out;
}

QVector<Problem> problemsFromJson(const QJsonArray &json)
{
    QVector<Problem> out;
    for (const QJsonValue &one : json) {
        if (Problem problem = Problem::fromJson(one.toObject()); !problem.text.isEmpty())
            out.append(std::move(problem));
    }
    return out;
}

} // namespace gatehouse::control
