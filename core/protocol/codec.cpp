#include "protocol/codec.h"

#include <QCoreApplication>

namespace gatehouse::protocol
{

Mistake Mistake::in(QLatin1String member) const
{
    const bool isNested = !path.isEmpty() && !path.startsWith(QLatin1Char('['));
    return {member + (isNested ? QStringLiteral(".") : QString()) + path, isMissing};
}

Mistake Mistake::at(qsizetype index) const
{
    const bool isNested = !path.isEmpty() && !path.startsWith(QLatin1Char('['));
    return {QStringLiteral("[%1]").arg(index) + (isNested ? QStringLiteral(".") : QString()) + path,
            isMissing};
}

Error Mistake::toError() const
{
    const QString text = isMissing ? QCoreApplication::translate("Protocol", "\"%1\" is missing")
                                   : QCoreApplication::translate("Protocol", "Invalid value for \"%1\"");
    return {ErrorKind::Invalid, text.arg(path), QStringLiteral("protocol"), path};
}

std::optional<qint64> wholeNumber(const QJsonValue &json)
{
    // Its default stands for what is no whole number: two of them tell that from a number that is the same.
    const qint64 number = json.toInteger(0);
    return json.isDouble() && number == json.toInteger(1) ? std::optional(number) : std::nullopt;
}

Checked Codec<bool>::read(const QJsonValue &json, bool &out)
{
    out = json.toBool();
    return json.isBool() ? Checked() : Mistake();
}

Checked Codec<QString>::read(const QJsonValue &json, QString &out)
{
    out = json.toString();
    return json.isString() ? Checked() : Mistake();
}

Checked Codec<QByteArray>::read(const QJsonValue &json, QByteArray &out)
{
    out = json.toString().toUtf8();
    return json.isString() ? Checked() : Mistake();
}

Checked Codec<QJsonObject>::read(const QJsonValue &json, QJsonObject &out)
{
    out = json.toObject();
    return json.isObject() ? Checked() : Mistake();
}

} // namespace gatehouse::protocol
