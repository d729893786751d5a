#include "vendors/rule.h"

#include "base/limits.h"
#include "vendors/camera_name.h"
#include "vendors/file_extension.h"
#include "vendors/name_time.h"

namespace gatehouse::vendors
{

namespace
{

constexpr qsizetype kMaxKeyLength = 120; // characters; cameras are known by their keys: never change it

TimeParts timeParts(const QRegularExpressionMatch &match)
{
    return {match.captured(u"date"), match.captured(u"shortDate"), match.captured(u"dmy"),
            match.captured(u"mdy"),  match.captured(u"clock"),     match.captured(u"unix"),
            match.captured(u"end"),  match.captured(u"seconds")};
}

Cause causeOfName(QStringView name, const QHash<QString, Cause> &words)
{
    Cause out;
    QString word;
    const auto look = [&] {
        const auto found = words.constFind(word);
        word.clear();
        if (found == words.cend())
            return;
        if (out.trigger == Trigger::Unknown)
            out.trigger = found->trigger;
        if (out.subject == Subject::None)
            out.subject = found->subject;
    };
    for (const QChar c : name) {
        if (c.isLetter())
            word += c;
        else
            look();
    }
    look();
    return out;
}
} // namespace

bool Rule::mayMatch(const RemotePath &path) const
{
    if (path.maxDigits < m_digits)
        return false;
    return std::all_of(m_needs.cbegin(), m_needs.cend(),
                       [&](const QString &needle) { return path.lower.contains(needle); });
}

std::optional<PathMetadata> Rule::match(const RemotePath &path, const Vocabulary &vocabulary) const
{
    if (!mayMatch(path))
        return std::nullopt;
    const QRegularExpressionMatch match = m_pattern.match(path.text);
    if (!match.hasMatch())
        return std::nullopt;

    PathMetadata metadata;
    metadata.vendor = m_vendor;
    const TimeFit fit = setTime(timeParts(match), metadata);
    // A brand's own name with an impossible date still gives camera and trigger; a loose rule has nothing
    // else.
    if (fit == TimeFit::Wrong && m_strength != Strength::Strong)
        return std::nullopt;
    if (m_longest > 0 && (metadata.duration <= 0 || metadata.duration > m_longest))
        return std::nullopt;
    if (metadata.duration < 0 || metadata.duration > limits::kMaxItemDuration)
        metadata.duration = 0;

    metadata.kind = m_kind.value_or(kindByExtension(path.text));
    if (metadata.kind == Kind::Still)
        metadata.duration = 0;
    metadata.inProgress = path.inProgress || m_inProgress;
    metadata.fixedName = m_fixedName;
    metadata.isTestName = m_isTest;
    if (m_isTest)
        return metadata;
    setCause(path, match, vocabulary, metadata);
    setCamera(path, match, vocabulary, metadata);
    return metadata;
}

void Rule::setCause(const RemotePath &path, const QRegularExpressionMatch &match,
                    const Vocabulary &vocabulary, PathMetadata &metadata) const
{
    Cause cause = m_cause;
    if (!m_words.isEmpty()) {
        cause = m_words.value(match.captured(u"why").toLower(), m_cause);
    } else if (m_strength == Strength::FallBack) {
        cause = causeOfName(QStringView(path.lower).mid(path.nameAt), vocabulary.words);
    }
    metadata.trigger = cause.trigger;
    metadata.subject = cause.subject;
}

void Rule::setCamera(const RemotePath &path, const QRegularExpressionMatch &match,
                     const Vocabulary &vocabulary, PathMetadata &metadata) const
{
    const FolderNames folders = distinctiveFolders(path, match, m_strength == Strength::FallBack, vocabulary);
    const auto value = [&](const QString &name, bool forPeople) {
        if (name == QLatin1String("folder"))
            return forPeople ? folders.label : folders.key;
        if (name == QLatin1String("prefix") && m_strength == Strength::FallBack)
            return distinctivePrefix(path, vocabulary);
        return match.captured(name);
    };
    QStringList key;
    for (const QString &part : m_key) {
        for (const QString &name : part.split(QLatin1Char('|'))) {
            const QString text = value(name, false);
            if (text.isEmpty())
                continue;
            key.append(text);
            break;
        }
    }
    metadata.cameraKey = bounded(key.join(QLatin1Char('/')), kMaxKeyLength);
    for (const QString &name : m_label) {
        metadata.cameraName = bounded(value(name, true), limits::kMaxCameraName);
        if (!metadata.cameraName.isEmpty())
            return;
    }
}

} // namespace gatehouse::vendors
