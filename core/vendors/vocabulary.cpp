#include "vendors/vocabulary.h"

#include <QJsonArray>
#include <algorithm>

namespace gatehouse::vendors
{

namespace
{

constexpr qsizetype kMaxComposed = 32; // letters
constexpr int kMaxParts = 4;

bool mayCompose(WordClass kind)
{
    return kind == WordClass::Media || kind == WordClass::Cause || kind == WordClass::General ||
           kind == WordClass::Soft;
}

} // namespace

void Cause::complete(const Cause &other)
{
    if (!trigger)
        trigger = other.trigger;
    if (subject == Subject::None)
        subject = other.subject;
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

void Vocabulary::addList(const QJsonObject &json, const char *list, WordClass kind, Kind shows)
{
    for (const QJsonValue &entry : json[QLatin1String(list)].toArray()) {
        const QString word = entry.toString().toLower();
        m_words.insert_or_assign(word.toStdU16String(), Word{kind, {}, shows});
        m_longest = std::max(m_longest, word.size());
    }
}

Result<void> Vocabulary::addCauses(const QJsonObject &json, const char *list, WordClass kind)
{
    const auto causes = causesFromJson(json[QLatin1String(list)].toObject());
    if (!causes)
        return tl::unexpected(causes.error());
    for (auto it = causes->cbegin(); it != causes->cend(); ++it) {
        m_words.insert_or_assign(it.key().toStdU16String(), Word{kind, *it, Kind::Other});
        m_longest = std::max(m_longest, it.key().size());
    }
    return {};
}

Result<void> Vocabulary::add(const QJsonObject &json)
{
    addList(json, "media", WordClass::Media);
    addList(json, "stills", WordClass::Media, Kind::Still);
    addList(json, "clips", WordClass::Media, Kind::Clip);
    addList(json, "qualities", WordClass::Quality);
    addList(json, "places", WordClass::Place);
    addList(json, "devices", WordClass::Device);
    for (const auto &[list, kind] :
         {std::pair("causes", WordClass::Cause), std::pair("general", WordClass::General),
          std::pair("soft", WordClass::Soft), std::pair("named", WordClass::Named)}) {
        if (auto added = addCauses(json, list, kind); !added)
            return added;
    }
    return {};
}

const Word *Vocabulary::listed(QStringView word) const
{
    const auto found = m_words.find(std::u16string_view(word.utf16(), size_t(word.size())));
    return found == m_words.end() ? nullptr : &found->second;
}

std::optional<Word> Vocabulary::find(QStringView word) const
{
    if (word.isEmpty() || word.size() > kMaxComposed)
        return std::nullopt;
    if (const Word *found = listed(word))
        return *found;
    return composed(word, 1);
}

// Longest part first; all of it has to be understood.
std::optional<Word> Vocabulary::composed(QStringView word, int parts) const
{
    if (parts == kMaxParts)
        return std::nullopt;
    for (qsizetype size = std::min(m_longest, word.size() - 2); size >= 2; --size) {
        const Word *first = listed(word.left(size));
        if (!first || !mayCompose(first->kind))
            continue;
        const QStringView rest = word.mid(size);
        const Word *last = listed(rest);
        const std::optional<Word> then = last ? std::optional(*last) : composed(rest, parts + 1);
        if (!then || !mayCompose(then->kind))
            continue;
        // "soundalarm" is a sound, and "alarmsound" as well.
        const bool thenFirst = first->kind == WordClass::General || first->kind == WordClass::Media;
        Word out = thenFirst ? *then : *first;
        out.cause.complete(thenFirst ? first->cause : then->cause);
        out.shows = first->shows == Kind::Other ? then->shows : first->shows;
        if (out.kind == WordClass::Soft ||
            (out.kind == WordClass::Media && (first->cause.trigger || then->cause.trigger)))
            out.kind = WordClass::Cause;
        return out;
    }
    return std::nullopt;
}

} // namespace gatehouse::vendors
