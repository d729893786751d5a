// One rule of a brand's file: a pattern, and the meaning of its named captures and words.
//
// Captures: date, shortDate, dmy, mdy, clock, unix, end, seconds (see name_time.h); why (looked up in
// "words"); any other name for use in "key" and "label", which also accept "folder" (the distinctive folders
// before the match) and "prefix" (the leading letters of the last component).
// Immutable once read: any thread.
#pragma once

#include "base/result.h"
#include "vendors/path_metadata.h"
#include "vendors/remote_path.h"

#include <QHash>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <optional>

namespace gatehouse::vendors
{

struct Cause {
    Trigger trigger = Trigger::Unknown;
    Subject subject = Subject::None;
};

// Shared by all rules, from generic.json.
struct Vocabulary {
    QSet<QString> plainFolders;  // lower case: "snap", "record", …
    QHash<QString, Cause> words; // lower case: looked up in the name if the brand is unknown
};

class Rule
{
public:
    // Strong rules are specific to a brand, weak ones could match another's names, too, fall-backs match
    // anything.
    enum class Strength { Strong, Weak, FallBack };

    static Result<Rule> fromJson(const QString &vendor, const QJsonObject &json);
    [[nodiscard]] Strength strength() const { return m_strength; }
    [[nodiscard]] std::optional<PathMetadata> match(const RemotePath &path,
                                                    const Vocabulary &vocabulary) const;

private:
    [[nodiscard]] bool mayMatch(const RemotePath &path) const;
    void setCause(const RemotePath &path, const QRegularExpressionMatch &match, const Vocabulary &vocabulary,
                  PathMetadata &metadata) const;
    void setCamera(const RemotePath &path, const QRegularExpressionMatch &match, const Vocabulary &vocabulary,
                   PathMetadata &metadata) const;

    QString m_vendor;
    QRegularExpression m_pattern;
    Strength m_strength = Strength::Strong;
    QStringList m_needs; // lower-case strings that the path must contain
    int m_digits = 0;    // length of a run of digits that it must contain
    std::optional<Kind> m_kind;
    Cause m_cause;
    QHash<QString, Cause> m_words;
    QStringList m_key;    // joined with "/"; "a|b": the first that is not empty
    QStringList m_label;  // the first that is not empty
    qint64 m_longest = 0; // ms: names with a longer span are left to other rules; 0: unlimited
    bool m_inProgress = false;
    bool m_fixedName = false;
    bool m_isTest = false;
};

// {"mdalarm": "motion", "hmdalarm": "motion person"}; Invalid names the word.
Result<QHash<QString, Cause>> causesFromJson(const QJsonObject &json);

} // namespace gatehouse::vendors
