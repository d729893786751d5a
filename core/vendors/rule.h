// One rule of a brand's file: a pattern, and what its named captures and its words mean.
//
// Captures: date, shortDate, dmy, mdy, clock, unix, end, seconds (see name_time.h); why (looked up in
// "words"); any other name for "key" and "label", which also know "folder" (the folders before the
// match that say something) and "prefix" (the letters that the last part begins with).
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

// What all rules share, from generic.json.
struct Vocabulary {
    QSet<QString> plainFolders;  // lower case: "snap", "record", …
    QHash<QString, Cause> words; // lower case: looked up in the name when no brand is known
};

class Rule
{
public:
    // Strong rules are a brand's own, weak ones could be another's too, fall-backs fit anything.
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
    QStringList m_needs; // lower-case strings without which the pattern can't match
    int m_digits = 0;    // nor without a run of so many digits
    std::optional<Kind> m_kind;
    Cause m_cause;
    QHash<QString, Cause> m_words;
    QStringList m_key;    // joined with "/"; "a|b": the first that is not empty
    QStringList m_label;  // the first that is not empty
    qint64 m_longest = 0; // ms: a name with a longer way from start to end is another rule's; 0: any
    bool m_inProgress = false;
    bool m_fixedName = false;
    bool m_isTest = false;
};

// {"mdalarm": "motion", "hmdalarm": "motion person"}; Invalid names the word.
Result<QHash<QString, Cause>> causesFromJson(const QJsonObject &json);

} // namespace gatehouse::vendors
