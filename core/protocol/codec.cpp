#include "protocol/codec.h"

#include <QCoreApplication>

namespace gatehouse::protocol
{

Mistake Mistake::in(QLatin1String member) const
{
    const bool isNested = !path.isEmpty() && !path.startsWith(QLatin1Char('['));
    return {member + (isNested ? QStringLiteral(".") : QString()) + path, isMissing, request};
}

Mistake Mistake::at(qsizetype index) const
{
    const bool isNested = !path.isEmpty() && !path.startsWith(QLatin1Char('['));
    return {QStringLiteral("[%1]").arg(index) + (isNested ? QStringLiteral(".") : QString()) + path,
            isMissing, request};
}

Error Mistake::toError() const
{
    const QString text = isMissing ? QCoreApplication::translate("Protocol", "\"%1\" is missing")
                                   : QCoreApplication::translate("Protocol", "Invalid value for \"%1\"");
    const QString sentence = text.arg(path);
    return {ErrorKind::Invalid, request.isEmpty() ? sentence : sentence + QStringLiteral(": ") + request,
            QStringLiteral("protocol"), path};
}

QString rangeText(qint64 min, qint64 max, bool ofNumber)
{
    if (ofNumber)
        return QCoreApplication::translate("Protocol", "enter a number from %1 to %2")
            .arg(QString::number(min), QString::number(max));
    if (min > 0)
        return QCoreApplication::translate("Protocol", "enter %1 to %2 of them")
            .arg(QString::number(min), QString::number(max));
    return QCoreApplication::translate("Protocol", "enter at most %1 characters").arg(max);
}

std::optional<qint64> wholeNumber(const QJsonValue &json)
{
    // Anything but a whole number gives the default: if two defaults give one result, it is the number.
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
