#include "vendors/rule.h"

#include <QJsonArray>

namespace gatehouse::vendors
{

namespace
{
// The pattern describes the brand's own part of the path: from the start of a folder or name (marked by the
// first capture) to the end of the path. LIMIT_MATCH ends a hopeless search.
QString framed(const QString &pattern, bool anywhere)
{
    const QString limit = QStringLiteral("(*LIMIT_MATCH=20000)(*LIMIT_DEPTH=2000)");
    if (anywhere)
        return limit + pattern;
    if (pattern.startsWith(QLatin1Char('^')))
        return limit + QStringLiteral("^(?<own>") + pattern.mid(1) + QStringLiteral(")$");
    return limit + QStringLiteral("(?:^|/)(?<own>") + pattern + QStringLiteral(")$");
}

QStringList stringsIn(const QJsonValue &value)
{
    QStringList out;
    for (const QJsonValue &entry : value.toArray())
        out.append(entry.toString());
    return out;
}

Result<Cause> causeFrom(const QString &text)
{
    Cause cause;
    for (const QString &word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        if (const auto trigger = triggerFromName(word))
            cause.trigger = *trigger;
        else if (const auto subject = subjectFromName(word))
            cause.subject = *subject;
        else
            return fail(ErrorKind::Invalid,
                        QStringLiteral("\"%1\" is neither a trigger nor a subject").arg(word));
    }
    return cause;
}

const QStringList &knownFields()
{
    static const QStringList fields = {
        QStringLiteral("name"),    QStringLiteral("weak"),       QStringLiteral("anywhere"),
        QStringLiteral("needs"),   QStringLiteral("digits"),     QStringLiteral("pattern"),
        QStringLiteral("kind"),    QStringLiteral("trigger"),    QStringLiteral("subject"),
        QStringLiteral("words"),   QStringLiteral("key"),        QStringLiteral("label"),
        QStringLiteral("longest"), QStringLiteral("inProgress"), QStringLiteral("fixedName"),
        QStringLiteral("test")};
    return fields;
}
} // namespace

Result<QHash<QString, Cause>> causesFromJson(const QJsonObject &json)
{
    QHash<QString, Cause> out;
    for (auto it = json.constBegin(); it != json.constEnd(); ++it) {
        const Result<Cause> cause = causeFrom(it->toString());
        if (!cause)
            return tl::unexpected(cause.error());
        out.insert(it.key().toLower(), *cause);
    }
    return out;
}

Result<Rule> Rule::fromJson(const QString &vendor, const QJsonObject &json)
{
    // Without this check, a misspelt field would silently change the rule's meaning.
    for (const QString &field : json.keys()) {
        if (!knownFields().contains(field))
            return fail(ErrorKind::Invalid, QStringLiteral("unknown field \"%1\"").arg(field));
    }
    Rule rule;
    rule.m_vendor = vendor;
    if (vendor == QLatin1String("generic"))
        rule.m_strength = Strength::FallBack;
    else if (json[u"weak"].toBool())
        rule.m_strength = Strength::Weak;
    rule.m_pattern = QRegularExpression(framed(json[u"pattern"].toString(), json[u"anywhere"].toBool()),
                                        QRegularExpression::CaseInsensitiveOption);
    if (!json.contains(u"pattern") || !rule.m_pattern.isValid())
        return fail(ErrorKind::Invalid, rule.m_pattern.errorString());
    rule.m_pattern.optimize();
    for (const QString &needle : stringsIn(json[u"needs"]))
        rule.m_needs.append(needle.toLower());
    rule.m_digits = json[u"digits"].toInt();
    if (json.contains(u"kind")) {
        rule.m_kind = kindFromName(json[u"kind"].toString());
        if (!rule.m_kind)
            return fail(ErrorKind::Invalid, QStringLiteral("unknown kind"));
    }
    const QString cause = json[u"trigger"].toString() + QLatin1Char(' ') + json[u"subject"].toString();
    const Result<Cause> fallback = causeFrom(cause);
    const auto words = causesFromJson(json[u"words"].toObject());
    if (!fallback || !words)
        return tl::unexpected(fallback ? words.error() : fallback.error());
    rule.m_cause = *fallback;
    rule.m_words = *words;
    rule.m_key = stringsIn(json[u"key"]);
    rule.m_label = stringsIn(json[u"label"]);
    rule.m_longest = json[u"longest"].toInt() * qint64(1000);
    rule.m_inProgress = json[u"inProgress"].toBool();
    rule.m_fixedName = json[u"fixedName"].toBool();
    rule.m_isTest = json[u"test"].toBool();
    return rule;
}

} // namespace gatehouse::vendors
