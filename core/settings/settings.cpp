#include "settings/settings.h"

#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>
#include <QStringList>

namespace gatehouse::settings
{

namespace
{

Result<qint64> numberIn(const QJsonObject &json, const char *name, qint64 fallback, qint64 low, qint64 high)
{
    const QJsonValue value = json.value(QLatin1String(name));
    if (value.isUndefined())
        return fallback;
    const qint64 number = value.toInteger(low - 1);
    if (number < low || number > high) {
        return fail(ErrorKind::Invalid,
                    QStringLiteral("%1 must be a number from %2 to %3")
                        .arg(QLatin1String(name), QString::number(low), QString::number(high)),
                    QStringLiteral("settings"));
    }
    return number;
}

Result<QString> themeIn(const QJsonObject &json)
{
    const QString theme = json.value(QLatin1String("theme")).toString();
    if (theme.isEmpty() || theme == QLatin1String("dark") || theme == QLatin1String("light"))
        return theme;
    return fail(ErrorKind::Invalid, QStringLiteral("theme must be dark, light or empty"),
                QStringLiteral("settings"));
}

Result<QString> minTlsIn(const QJsonObject &json, const QString &fallback)
{
    static const QStringList versions{QStringLiteral("1.0"), QStringLiteral("1.1"), QStringLiteral("1.2"),
                                      QStringLiteral("1.3")};
    const QJsonValue value = json.value(QLatin1String("leastTls"));
    const QString version = value.toString(value.isUndefined() ? fallback : QStringLiteral("none"));
    if (versions.contains(version) || version == fallback)
        return version;
    return fail(ErrorKind::Invalid, QStringLiteral("leastTls must be \"1.0\", \"1.1\", \"1.2\" or \"1.3\""),
                QStringLiteral("settings"));
}

// Strict: what cannot be read must not come to mean that a camera may go without.
Result<QHash<QString, TlsRule>> tlsRulesIn(const QJsonObject &receiver)
{
    QHash<QString, TlsRule> out;
    const QJsonValue rules = receiver.value(QLatin1String("tlsRules"));
    if (!rules.isObject() && !rules.isUndefined())
        return fail(ErrorKind::Invalid, QStringLiteral("tlsRules must be an object"));
    const QJsonObject json = rules.toObject();
    for (auto it = json.begin(); it != json.end(); ++it) {
        const QJsonObject rule = it.value().toObject();
        const QJsonValue required = rule.value(QLatin1String("required"));
        if (!it.value().isObject() || (!required.isBool() && !required.isUndefined()))
            return fail(ErrorKind::Invalid,
                        QStringLiteral("tlsRules must say {\"required\": true or false} for each user"));
        const auto least = minTlsIn(rule, {});
        if (!least)
            return tl::unexpected(least.error());
        out.insert(it.key(), {required.toBool(), *least});
    }
    return out;
}

QJsonObject toJson(const QHash<QString, TlsRule> &rules)
{
    QJsonObject out;
    for (auto it = rules.begin(); it != rules.end(); ++it) {
        QJsonObject rule{{QStringLiteral("required"), it->isRequired}};
        if (!it->least.isEmpty())
            rule.insert(QStringLiteral("leastTls"), it->least);
        out.insert(it.key(), rule);
    }
    return out;
}

QHash<QString, QString> textsIn(const QJsonObject &json)
{
    QHash<QString, QString> out;
    for (auto it = json.begin(); it != json.end(); ++it)
        out.insert(it.key(), it.value().toString());
    return out;
}

Result<QJsonObject> readObject(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return QJsonObject();
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Denied, QStringLiteral("%1: %2").arg(path, file.errorString()));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &error);
    if (!document.isObject()) {
        return fail(ErrorKind::Corrupt,
                    QStringLiteral("%1 can't be read: %2.").arg(path, error.errorString()));
    }
    return document.object();
}

Result<void> write(const QString &path, const QJsonObject &json)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(json).toJson()) < 0 || !file.commit())
        return fail(ErrorKind::Unavailable, QStringLiteral("%1: %2").arg(path, file.errorString()));
    return {};
}

} // namespace

Result<Settings> Settings::fromJson(const QJsonObject &json)
{
    Settings out;
    const QJsonObject receiver = json.value(QLatin1String("receiver")).toObject();
    const QJsonObject retention = json.value(QLatin1String("retention")).toObject();
    const auto port = numberIn(receiver, "port", out.receiver.port, 1, 65535);
    const auto first = numberIn(receiver, "passiveFirst", 0, 0, 65535);
    const auto last = numberIn(receiver, "passiveLast", 0, 0, 65535);
    const auto maxFile =
        numberIn(receiver, "maxFileBytes", out.receiver.maxFileBytes, 1 << 20, qint64(1) << 42);
    const auto days = numberIn(retention, "days", out.retention.days, 0, 3650);
    const auto reserve = numberIn(retention, "reserveBytes", out.retention.reserveBytes, 0, qint64(1) << 50);
    const auto gap = numberIn(json, "eventGapSeconds", out.eventGapSeconds, 0, 3600);
    const auto theme = themeIn(json);
    const auto minTls = minTlsIn(receiver, out.receiver.minTls);
    const auto tlsRules = tlsRulesIn(receiver);
    for (const auto *number : {&port, &first, &last, &maxFile, &days, &reserve, &gap}) {
        if (!*number)
            return tl::unexpected(number->error());
    }
    for (const auto *text : {&theme, &minTls}) {
        if (!*text)
            return tl::unexpected(text->error());
    }
    if (!tlsRules)
        return tl::unexpected(tlsRules.error());
    if (*last < *first)
        return fail(ErrorKind::Invalid, QStringLiteral("passiveLast must not be below passiveFirst"));

    out.receiver.bind = receiver.value(QLatin1String("bind")).toString();
    out.receiver.port = int(*port);
    out.receiver.passiveFirst = int(*first);
    out.receiver.passiveLast = int(*last);
    out.receiver.passiveAddresses = textsIn(receiver.value(QLatin1String("passiveAddresses")).toObject());
    out.receiver.anonymous = receiver.value(QLatin1String("anonymous")).toBool();
    out.receiver.certificate = receiver.value(QLatin1String("certificate")).toString();
    out.receiver.certificateKey = receiver.value(QLatin1String("certificateKey")).toString();
    out.receiver.maxFileBytes = *maxFile;
    out.receiver.minTls = *minTls;
    out.receiver.tlsRules = *tlsRules;
    out.retention.days = int(*days);
    out.retention.reserveBytes = *reserve;
    out.eventGapSeconds = int(*gap);
    out.startAtLogIn = json.value(QLatin1String("startAtLogIn")).toBool();
    out.theme = *theme;
    return out;
}

QJsonObject Settings::toJson() const
{
    QJsonObject addresses;
    for (auto it = receiver.passiveAddresses.begin(); it != receiver.passiveAddresses.end(); ++it)
        addresses.insert(it.key(), it.value());
    const QJsonObject receiverJson{
        {QStringLiteral("bind"), receiver.bind},
        {QStringLiteral("port"), receiver.port},
        {QStringLiteral("passiveFirst"), receiver.passiveFirst},
        {QStringLiteral("passiveLast"), receiver.passiveLast},
        {QStringLiteral("passiveAddresses"), addresses},
        {QStringLiteral("anonymous"), receiver.anonymous},
        {QStringLiteral("certificate"), receiver.certificate},
        {QStringLiteral("certificateKey"), receiver.certificateKey},
        {QStringLiteral("maxFileBytes"), receiver.maxFileBytes},
        {QStringLiteral("leastTls"), receiver.minTls},
        {QStringLiteral("tlsRules"), settings::toJson(receiver.tlsRules)},
    };
    const QJsonObject retentionJson{
        {QStringLiteral("days"), retention.days},
        {QStringLiteral("reserveBytes"), retention.reserveBytes},
    };
    return {
        {QStringLiteral("receiver"), receiverJson},
        {QStringLiteral("retention"), retentionJson},
        {QStringLiteral("eventGapSeconds"), eventGapSeconds},
        {QStringLiteral("startAtLogIn"), startAtLogIn},
        {QStringLiteral("theme"), theme},
    };
}

QJsonObject Settings::changesSince(const Settings &before) const
{
    const QJsonObject old = before.toJson();
    QJsonObject out;
    const QJsonObject all = toJson();
    for (auto it = all.begin(); it != all.end(); ++it) {
        if (it.value() == old.value(it.key()))
            continue;
        QJsonObject group = it.value().toObject();
        const QJsonObject oldGroup = old.value(it.key()).toObject();
        for (auto member = oldGroup.begin(); member != oldGroup.end(); ++member) {
            if (group.value(member.key()) == member.value())
                group.remove(member.key());
        }
        out.insert(it.key(), it.value().isObject() ? QJsonValue(group) : it.value());
    }
    return out;
}

Result<Settings> Settings::with(const QJsonObject &changes) const
{
    QJsonObject merged = toJson();
    for (auto it = changes.begin(); it != changes.end(); ++it) {
        QJsonObject group = merged.value(it.key()).toObject();
        const QJsonObject members = it.value().toObject();
        for (auto member = members.begin(); member != members.end(); ++member)
            group.insert(member.key(), member.value());
        merged.insert(it.key(), it.value().isObject() ? QJsonValue(group) : it.value());
    }
    return fromJson(merged);
}

Result<Settings> load(const QString &path)
{
    const auto json = readObject(path);
    if (!json)
        return tl::unexpected(json.error());
    return Settings::fromJson(*json);
}

LoadedSettings loadOrLastGood(const QString &path)
{
    const QString lastGood = path + QStringLiteral(".good");
    const auto loaded = load(path);
    if (!loaded)
        return {load(lastGood).value_or(Settings()), loaded.error()};
    const QJsonObject json = readObject(path).value_or(QJsonObject());
    // Where it cannot be written, a start is not worth failing for it.
    if (readObject(lastGood).value_or(QJsonObject()) != json)
        static_cast<void>(write(lastGood, json));
    return {*loaded, {}};
}

Result<void> save(const QString &path, const Settings &settings)
{
    QJsonObject json = readObject(path).value_or(QJsonObject());
    const QJsonObject known = settings.toJson();
    for (auto it = known.begin(); it != known.end(); ++it)
        json.insert(it.key(), it.value());
    return write(path, json);
}

} // namespace gatehouse::settings
