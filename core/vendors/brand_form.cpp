#include "vendors/brand_form.h"

#include "base/limits.h"

#include <QJsonArray>
#include <algorithm>

namespace gatehouse::vendors
{

namespace
{

// The pattern describes the end of a path, from the start of a folder or of the name. LIMIT_MATCH ends a
// hopeless search.
QString framed(const QString &pattern)
{
    const QString limit = QStringLiteral("(*LIMIT_MATCH=20000)(*LIMIT_DEPTH=2000)");
    if (pattern.startsWith(QLatin1Char('^')))
        return limit + QStringLiteral("^(?:") + pattern.mid(1) + QStringLiteral(")$");
    return limit + QStringLiteral("(?:^|/)(?:") + pattern + QStringLiteral(")$");
}

QStringList stringsIn(const QJsonValue &value)
{
    QStringList out;
    for (const QJsonValue &entry : value.toArray())
        out.append(entry.toString());
    return out;
}

bool isKnownField(const QString &field)
{
    static const QStringList kFields = {
        QStringLiteral("name"),       QStringLiteral("weak"),      QStringLiteral("needs"),
        QStringLiteral("digits"),     QStringLiteral("pattern"),   QStringLiteral("kind"),
        QStringLiteral("trigger"),    QStringLiteral("subject"),   QStringLiteral("codes"),
        QStringLiteral("flags"),      QStringLiteral("key"),       QStringLiteral("label"),
        QStringLiteral("utc"),        QStringLiteral("end"),       QStringLiteral("summerTime"),
        QStringLiteral("inProgress"), QStringLiteral("fixedName"), QStringLiteral("test")};
    return kFields.contains(field);
}

bool isSet(QStringView hex, int bit)
{
    const int digit = bit / 4;
    if (digit >= hex.size())
        return false;
    return (hex.mid(digit, 1).toInt(nullptr, 16) & (8 >> (bit % 4))) != 0;
}

} // namespace

Result<BrandForm> BrandForm::fromJson(const QString &vendor, const QJsonObject &json)
{
    // Without this check, a misspelt field would silently change the meaning.
    for (const QString &field : json.keys()) {
        if (!isKnownField(field))
            return fail(ErrorKind::Invalid, QStringLiteral("unknown field \"%1\"").arg(field));
    }
    BrandForm form;
    form.m_vendor = vendor;
    form.m_pattern =
        QRegularExpression(framed(json[u"pattern"].toString()), QRegularExpression::CaseInsensitiveOption);
    if (!json.contains(u"pattern") || !form.m_pattern.isValid())
        return fail(ErrorKind::Invalid, QStringLiteral("pattern: ") + form.m_pattern.errorString());
    form.m_pattern.optimize();
    for (const QString &needle : stringsIn(json[u"needs"]))
        form.m_needs.append(needle.toLower());
    form.m_digits = json[u"digits"].toInt();
    if (json.contains(u"kind")) {
        form.m_kind = kindFromName(json[u"kind"].toString());
        if (!form.m_kind)
            return fail(ErrorKind::Invalid, QStringLiteral("unknown kind"));
    }
    const Result<Cause> cause =
        causeFrom(json[u"trigger"].toString() + QLatin1Char(' ') + json[u"subject"].toString());
    const auto codes = causesFromJson(json[u"codes"].toObject());
    if (!cause || !codes)
        return tl::unexpected(cause ? codes.error() : cause.error());
    form.m_cause = *cause;
    form.m_codes = *codes;
    for (const QString &flag : stringsIn(json[u"flags"])) {
        const Result<Cause> meaning = causeFrom(flag.section(QLatin1Char(' '), 1));
        if (!meaning)
            return tl::unexpected(meaning.error());
        form.m_flags.append({flag.section(QLatin1Char(' '), 0, 0).toInt(), *meaning});
    }
    form.m_key = stringsIn(json[u"key"]);
    form.m_label = stringsIn(json[u"label"]);
    form.m_isWeak = json[u"weak"].toBool();
    form.m_isUtc = json[u"utc"].toBool();
    form.m_isEnd = json[u"end"].toBool();
    form.m_marksSummerTime = json[u"summerTime"].toBool();
    form.m_inProgress = json[u"inProgress"].toBool();
    form.m_fixedName = json[u"fixedName"].toBool();
    form.m_isTest = json[u"test"].toBool();
    return form;
}

bool BrandForm::mayMatch(const RemotePath &path) const
{
    return path.maxDigits >= m_digits &&
           std::all_of(m_needs.cbegin(), m_needs.cend(),
                       [&](const QString &needle) { return path.lower.contains(needle); });
}

Cause BrandForm::codedCause(const QRegularExpressionMatch &match) const
{
    Cause out = m_codes.value(match.captured(u"why").toLower());
    const QString flags = m_flags.isEmpty() ? QString() : match.captured(u"flags");
    for (const Flag &flag : m_flags) {
        if (isSet(flags, flag.bit))
            out.complete(flag.cause);
    }
    return out;
}

void BrandForm::setCamera(const QRegularExpressionMatch &match, const PathWords &words,
                          PathMetadata &metadata) const
{
    const auto value = [&](const QString &name, bool isForPeople) {
        if (name == QLatin1String("folder"))
            return isForPeople ? words.folderName : words.folderKey;
        return match.captured(name);
    };
    if (!m_key.isEmpty()) {
        QStringList key;
        for (const QString &name : m_key) {
            if (const QString text = value(name, false); !text.isEmpty())
                key.append(text);
        }
        metadata.cameraKey = boundedKey(key.join(QLatin1Char('/')));
        metadata.cameraName.clear();
    }
    for (const QString &name : m_label.isEmpty() ? m_key : m_label) {
        metadata.cameraName = boundedName(value(name, true));
        if (!metadata.cameraName.isEmpty())
            return;
    }
}

bool BrandForm::apply(const RemotePath &path, const PathWords &words, PathMetadata &metadata) const
{
    if (!mayMatch(path))
        return false;
    const QRegularExpressionMatch match = m_pattern.match(path.text);
    if (!match.hasMatch())
        return false;
    if (m_isTest) {
        metadata.isTestName = true;
        if (metadata.vendor == QLatin1String("generic"))
            metadata.vendor = m_vendor;
        return true;
    }
    metadata.vendor = m_vendor;
    Cause cause = codedCause(match);
    cause.complete(words.cause);
    cause.complete(m_isWeak ? words.general : m_cause);
    cause.complete(m_isWeak ? m_cause : words.general);
    metadata.trigger = cause.trigger.value_or(Trigger::Unknown);
    metadata.subject = cause.subject;
    if (const qint64 seconds = match.captured(u"seconds").toLongLong();
        seconds > 0 && seconds * 1000 <= limits::kMaxItemDuration)
        metadata.duration = seconds * 1000;
    if (m_kind)
        metadata.kind = *m_kind;
    metadata.isUtc = metadata.isUtc || m_isUtc;
    metadata.isEnd = m_isEnd;
    if (m_marksSummerTime && !metadata.isSummerTime)
        metadata.isSummerTime = false;
    metadata.inProgress = metadata.inProgress || m_inProgress;
    metadata.fixedName = metadata.fixedName || m_fixedName;
    setCamera(match, words, metadata);
    return true;
}

} // namespace gatehouse::vendors
