#include "vendors/rule.h"

#include "vendors/camera_name.h"
#include "vendors/ending.h"
#include "vendors/name_time.h"

namespace gatehouse::vendors
{

namespace
{
constexpr qint64 kMaxClipMs = 24 * 60 * 60 * 1000;

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

std::optional<Meaning> Rule::match(const RemotePath &path, const Vocabulary &vocabulary) const
{
    if (!mayMatch(path))
        return std::nullopt;
    const QRegularExpressionMatch match = m_pattern.match(path.text);
    if (!match.hasMatch())
        return std::nullopt;

    Meaning meaning;
    meaning.vendor = m_vendor;
    const TimeFit fit = setTime(timeParts(match), meaning);
    // A brand's own name with an impossible date still says who and why; a loose rule has nothing else.
    if (fit == TimeFit::Wrong && m_strength != Strength::Strong)
        return std::nullopt;
    if (m_longest > 0 && (meaning.duration <= 0 || meaning.duration > m_longest))
        return std::nullopt;
    if (meaning.duration < 0 || meaning.duration > kMaxClipMs)
        meaning.duration = 0;

    meaning.kind = m_kind.value_or(kindByEnding(path.text));
    if (meaning.kind == Kind::Still)
        meaning.duration = 0;
    meaning.inProgress = path.inProgress || m_inProgress;
    meaning.fixedName = m_fixedName;
    meaning.isTestName = m_isTest;
    if (m_isTest)
        return meaning;
    setCause(path, match, vocabulary, meaning);
    setCamera(path, match, vocabulary, meaning);
    return meaning;
}

void Rule::setCause(const RemotePath &path, const QRegularExpressionMatch &match,
                    const Vocabulary &vocabulary, Meaning &meaning) const
{
    Cause cause = m_cause;
    if (!m_words.isEmpty()) {
        cause = m_words.value(match.captured(u"why").toLower(), m_cause);
    } else if (m_strength == Strength::FallBack) {
        cause = causeOfName(QStringView(path.lower).mid(path.nameAt), vocabulary.words);
    }
    meaning.trigger = cause.trigger;
    meaning.subject = cause.subject;
}

void Rule::setCamera(const RemotePath &path, const QRegularExpressionMatch &match,
                     const Vocabulary &vocabulary, Meaning &meaning) const
{
    const FolderNames folders = tellingFolders(path, match, m_strength == Strength::FallBack, vocabulary);
    const auto value = [&](const QString &name, bool forPeople) {
        if (name == QLatin1String("folder"))
            return forPeople ? folders.label : folders.key;
        if (name == QLatin1String("prefix") && m_strength == Strength::FallBack)
            return tellingPrefix(path, vocabulary);
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
    meaning.cameraKey = bounded(key.join(QLatin1Char('/')));
    for (const QString &name : m_label) {
        meaning.cameraName = bounded(value(name, true));
        if (!meaning.cameraName.isEmpty())
            return;
    }
}

} // namespace gatehouse::vendors
