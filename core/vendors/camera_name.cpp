#include "vendors/camera_name.h"

namespace gatehouse::vendors
{

namespace
{
bool isNumber(QStringView part)
{
    return std::none_of(part.cbegin(), part.cend(), [](QChar c) { return c.isLetter(); });
}

// "2024Y03M08D20H": contains letters, but is a date.
bool isLetteredDate(QStringView part)
{
    return part.size() >= 11 && part.at(0).isDigit() && part.at(4).toUpper() == QLatin1Char('Y') &&
           part.at(7).toUpper() == QLatin1Char('M');
}

// An IP or MAC address identifies a camera even without letters.
bool isAddress(QStringView part)
{
    return part.count(QLatin1Char('.')) == 3 && part.size() >= 7 && isNumber(part);
}

bool looksLikeSerial(QStringView part)
{
    const auto digits = std::count_if(part.cbegin(), part.cend(), [](QChar c) { return c.isDigit(); });
    const bool lower = std::any_of(part.cbegin(), part.cend(), [](QChar c) { return c.isLower(); });
    return digits >= 4 && !lower;
}
} // namespace

FolderNames distinctiveFolders(const RemotePath &path, const QRegularExpressionMatch &match, bool anyPlace,
                               const Vocabulary &vocabulary)
{
    QStringView before = QStringView(path.text).left(anyPlace ? path.nameAt : match.capturedStart(1));
    if (!anyPlace && match.capturedStart(1) < 0)
        before = {};
    QStringList all;
    QStringList names;
    for (const QStringView part : before.split(QLatin1Char('/'), Qt::SkipEmptyParts)) {
        if ((isNumber(part) && !isAddress(part)) || isLetteredDate(part) ||
            vocabulary.plainFolders.contains(part.toString().toLower()))
            continue;
        const QString text = part.toString();
        if (all.contains(text))
            continue;
        all.append(text);
        if (!looksLikeSerial(part))
            names.append(text);
    }
    if (names.isEmpty() && !all.isEmpty())
        names.append(all.first());
    return {all.join(QLatin1Char('/')), names.join(QLatin1Char(' '))};
}

QString distinctivePrefix(const RemotePath &path, const Vocabulary &vocabulary)
{
    const QStringView name = QStringView(path.text).mid(path.nameAt);
    const auto isDigit = [](QChar c) { return c >= QLatin1Char('0') && c <= QLatin1Char('9'); };
    const auto end = std::find_if(name.cbegin(), name.cend(), isDigit);
    if (end == name.cend())
        return {};
    QStringView prefix = name.left(end - name.cbegin());
    const auto isSeparator = [](QChar c) { return !c.isLetter(); };
    while (!prefix.isEmpty() && isSeparator(prefix.back()))
        prefix.chop(1);
    const QString lower = prefix.toString().toLower();
    if (lower.isEmpty() || vocabulary.plainFolders.contains(lower) || vocabulary.words.contains(lower))
        return {};
    return prefix.toString();
}

QString bounded(const QString &text, qsizetype length)
{
    return text.left(length).trimmed();
}

} // namespace gatehouse::vendors
