// One form of a brand's paths, from resources/vendors/<brand>.json: a pattern that recognizes it, and what
// the grammar cannot know about it, such as the meaning of a code, or that its times are UTC.
//
// Captures of the pattern: why (looked up in "codes"), flags (hexadecimal, see "flags"), seconds (the
// length); any other name for use in "key" and "label", which also accept "folder" (what the folders say
// about the camera). Immutable once read: any thread.
#pragma once

#include "base/result.h"
#include "vendors/path_metadata.h"
#include "vendors/path_words.h"
#include "vendors/remote_path.h"

#include <QRegularExpression>

namespace gatehouse::vendors
{

class BrandForm
{
public:
    // Invalid names the field.
    static Result<BrandForm> fromJson(const QString &vendor, const QJsonObject &json);

    // Another brand's names may look like a weak form: it is tried last.
    [[nodiscard]] bool isWeak() const { return m_isWeak; }
    [[nodiscard]] bool isTest() const { return m_isTest; }
    // Adds to `metadata`, as the grammar has read it, if the path has this form.
    bool apply(const RemotePath &path, const PathWords &words, PathMetadata &metadata) const;

private:
    struct Flag {
        int bit = 0; // from the left, 0: the highest of the first digit
        Cause cause;
    };

    [[nodiscard]] bool mayMatch(const RemotePath &path) const;
    [[nodiscard]] Cause codedCause(const QRegularExpressionMatch &match) const;
    void setCamera(const QRegularExpressionMatch &match, const PathWords &words,
                   PathMetadata &metadata) const;

    QString m_vendor;
    QRegularExpression m_pattern;
    QStringList m_needs; // lower-case strings that the path must contain
    int m_digits = 0;    // length of a run of digits that it must contain
    Cause m_cause;       // if neither a code nor a word says more
    QHash<QString, Cause> m_codes;
    QVector<Flag> m_flags; // in order of their weight
    QStringList m_key;     // joined with "/"; empty: the grammar's
    QStringList m_label;   // the first that is not empty
    std::optional<Kind> m_kind;
    bool m_isWeak = false;
    bool m_isUtc = false;
    bool m_isEnd = false;
    bool m_marksSummerTime = false; // without "DST" in the name, it is not in force
    bool m_inProgress = false;
    bool m_fixedName = false;
    bool m_isTest = false;
};

} // namespace gatehouse::vendors
