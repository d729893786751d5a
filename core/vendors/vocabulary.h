// The words of camera paths, from generic.json: what a file is ("snap"), why it was made ("motion"), whom it
// shows ("person"), what belongs to devices ("ch"). A word may be composed: "mdalarmpush".
// Immutable once read: any thread.
#pragma once

#include "base/media_types.h"
#include "base/result.h"

#include <QHash>
#include <QJsonObject>
#include <optional>
#include <string>
#include <unordered_map>

namespace gatehouse::vendors
{

// Why a file was made, and whom it shows. Trigger::Unknown means that the name says something else than the
// triggers known here; no trigger, that it says nothing.
struct Cause {
    std::optional<Trigger> trigger;
    Subject subject = Subject::None;

    // Takes from the other what is not known yet.
    void complete(const Cause &other);
};

// "motion person"; Invalid names the word.
Result<Cause> causeFrom(const QString &text);
// {"mdalarm": "motion", "hmdalarm": "motion person"}
Result<QHash<QString, Cause>> causesFromJson(const QJsonObject &json);

enum class WordClass : quint8 {
    Media,   // what the file is: no part of a camera's name
    Cause,   // why it was made or whom it shows, wherever it stands
    General, // the same, unless another word is more specific: "alarm"
    Soft,    // a cause after the time or alone, but a part of a name next to others: "Dog House"
    Named,   // a cause and a camera's name alike: "doorbell"
    Quality, // of the picture or the stream
    Place,   // folders that everybody has
    Device,  // tells cameras apart only with its number: "cam", "ch"
};

struct Word {
    WordClass kind = WordClass::Media;
    Cause cause;
    Kind shows = Kind::Other; // Still or Clip, if it says so
};

class Vocabulary
{
public:
    // Adds a file's lists; Invalid names the word.
    Result<void> add(const QJsonObject &json);
    // Of a word in lower case, as listed or composed of listed ones.
    [[nodiscard]] std::optional<Word> find(QStringView word) const;

private:
    void addList(const QJsonObject &json, const char *list, WordClass kind, Kind shows = Kind::Other);
    Result<void> addCauses(const QJsonObject &json, const char *list, WordClass kind);
    [[nodiscard]] const Word *listed(QStringView word) const;
    [[nodiscard]] std::optional<Word> composed(QStringView word, int parts) const;

    struct Hash {
        using is_transparent = void;
        size_t operator()(std::u16string_view text) const { return std::hash<std::u16string_view>{}(text); }
    };
    std::unordered_map<std::u16string, Word, Hash, std::equal_to<>> m_words;
    qsizetype m_longest = 0;
};

} // namespace gatehouse::vendors
