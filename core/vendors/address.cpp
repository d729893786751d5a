#include "vendors/address.h"

#include <algorithm>
#include <array>

namespace gatehouse::vendors
{

namespace
{

constexpr int kMacDigits = 12;
constexpr std::array kUuidGroups = {8, 4, 4, 4, 12};

// The token after the last one that is glued to `i`.
int chunkEnd(const Tokens &tokens, int i)
{
    while (i + 1 < tokens.count() && tokens[i].segment == tokens[i + 1].segment && tokens.isGlued(i))
        ++i;
    return i + 1;
}

QStringView chunkText(const Tokens &tokens, int first, int next)
{
    return tokens.text(tokens[first].begin, tokens[next - 1].end);
}

bool isHex(QStringView text)
{
    return std::all_of(text.cbegin(), text.cend(), isHexDigit);
}

bool hasLetter(QStringView text)
{
    return std::any_of(text.cbegin(), text.cend(), [](QChar c) { return c.isLetter(); });
}

// Groups of hexadecimal digits with the same sign between them; the token after them, or 0.
template<typename Sizes>
int hexGroups(const Tokens &tokens, int first, const Sizes &sizes)
{
    bool letters = false;
    QStringView sign;
    int i = first;
    for (size_t group = 0; group < sizes.size(); ++group) {
        if (i >= tokens.count() || tokens[i].segment != tokens[first].segment)
            return 0;
        const int next = chunkEnd(tokens, i);
        const QStringView text = chunkText(tokens, i, next);
        if (text.size() != sizes[group] || !isHex(text))
            return 0;
        letters = letters || hasLetter(text);
        i = next;
        if (group + 1 == sizes.size())
            break;
        const QStringView signs = tokens.signsAfter(next - 1);
        if (group == 0)
            sign = signs;
        if (signs != sign || !(signs == QLatin1String("-") || signs == QLatin1String(":")))
            return 0;
    }
    return letters ? i : 0;
}

bool isWholeMac(const Tokens &tokens, int first, int next)
{
    const QStringView text = chunkText(tokens, first, next);
    // A MAC of digits alone looks like a date, unless a name in brackets follows.
    return text.size() == kMacDigits && isHex(text) &&
           (hasLetter(text) || tokens.signsAfter(next - 1).startsWith(QLatin1Char('(')));
}

bool isIpAddress(const Tokens &tokens, int first)
{
    const int segment = tokens[first].segment;
    const bool isGluedBefore =
        first > 0 && tokens[first - 1].segment == segment && tokens.signsAfter(first - 1).isEmpty();
    const bool afterNumber = first > 0 && tokens[first - 1].segment == segment && tokens[first - 1].isNumber;
    if (isGluedBefore || first + 3 >= tokens.count() || tokens[first + 3].segment != segment ||
        tokens.isGlued(first + 3))
        return false;
    bool looksLikeTime = true; // "12.30.45.10"
    for (int i = first; i < first + 4; ++i) {
        const QStringView digits = tokens.text(i);
        if (!tokens.isNumberUpTo(i, 3) || valueOf(digits) > 255 ||
            (digits.size() > 1 && digits.front() == QLatin1Char('0')) ||
            (i < first + 3 && tokens.signsAfter(i) != QLatin1String(".")))
            return false;
        looksLikeTime = looksLikeTime && digits.size() == 2;
    }
    const bool goesOn = first + 4 < tokens.count() && tokens[first + 4].isNumber &&
                        tokens.signsAfter(first + 3) == QLatin1String(".");
    return !goesOn && !(looksLikeTime && afterNumber);
}

} // namespace

void markAddresses(Tokens &tokens)
{
    static constexpr std::array kMacGroups = {2, 2, 2, 2, 2, 2};
    for (int i = 0; i < tokens.count();) {
        int next = chunkEnd(tokens, i);
        int end = 0;
        if (tokens[i].isNumber && isIpAddress(tokens, i))
            end = i + 4;
        else if (isWholeMac(tokens, i, next))
            end = next;
        else if (const QStringView text = chunkText(tokens, i, next); text.size() == 2 && isHex(text))
            end = hexGroups(tokens, i, kMacGroups);
        else if (text.size() == kUuidGroups.front() && isHex(text))
            end = hexGroups(tokens, i, kUuidGroups);
        if (end > 0)
            tokens.assign(i, end, Role::Address);
        i = std::max(next, end);
    }
}

} // namespace gatehouse::vendors
