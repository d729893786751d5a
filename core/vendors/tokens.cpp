#include "vendors/tokens.h"

#include <algorithm>

namespace gatehouse::vendors
{

namespace
{
constexpr int kMaxSegments = 32;
constexpr int kMaxTokens = 160;

bool isSign(QChar c)
{
    return !(c.isLetterOrNumber() || c.isMark() || c.isSurrogate());
}
} // namespace

bool isHexDigit(QChar c)
{
    const char16_t lower = c.unicode() | 0x20;
    return isDigit(c) || (lower >= u'a' && lower <= u'f');
}

int valueOf(QStringView digits)
{
    int out = 0;
    for (const QChar c : digits.left(9))
        out = out * 10 + (c.unicode() - u'0');
    return out;
}

Tokens::Tokens(const RemotePath &path) : m_text(path.text), m_lower(path.lower)
{
    // From the end, so that the name and the folders next to it are kept.
    QVarLengthArray<std::pair<int, int>, 16> bounds;
    int end = path.nameEnd;
    for (int i = end; i >= 0 && bounds.size() < kMaxSegments; --i) {
        if (i > 0 && m_text[i - 1] != QLatin1Char('/'))
            continue;
        bounds.append({i, end});
        end = i - 1;
    }
    for (auto it = bounds.crbegin(); it != bounds.crend(); ++it)
        addSegment(it->first, it->second);

    if (const int surplus = count() - kMaxTokens; surplus > 0) {
        m_tokens.remove(0, surplus);
        for (Segment &segment : m_segments) {
            segment.first = std::max(0, segment.first - surplus);
            segment.next = std::max(0, segment.next - surplus);
        }
    }
}

void Tokens::addSegment(int begin, int end)
{
    Segment segment{begin, end, count(), 0};
    for (int i = begin; i < end;) {
        if (isSign(m_text[i])) {
            ++i;
            continue;
        }
        Token token;
        token.begin = i;
        token.segment = segmentCount();
        token.isNumber = isDigit(m_text[i]);
        while (i < end && !isSign(m_text[i]) && isDigit(m_text[i]) == token.isNumber)
            ++i;
        token.end = i;
        m_tokens.append(token);
    }
    segment.next = count();
    m_segments.append(segment);
}

QStringView Tokens::signsAfter(int i) const
{
    const bool isLast = i + 1 == count();
    const int end = isLast ? segment(m_tokens[i].segment).end : m_tokens[i + 1].begin;
    return m_text.mid(m_tokens[i].end, end - m_tokens[i].end);
}

bool Tokens::isNumber(int i, int size) const
{
    return i >= 0 && i < count() && m_tokens[i].isNumber && m_tokens[i].size() == size;
}

bool Tokens::isNumberUpTo(int i, int size) const
{
    return i >= 0 && i < count() && m_tokens[i].isNumber && m_tokens[i].size() <= size;
}

int Tokens::value(int i, int from, int length) const
{
    return valueOf(text(i).mid(from, length));
}

bool Tokens::isWholeSegment(int i) const
{
    const Segment &whole = segment(m_tokens[i].segment);
    return m_tokens[i].begin == whole.begin && m_tokens[i].end == whole.end;
}

void Tokens::assign(int first, int next, Role role)
{
    for (int i = first; i < next; ++i)
        m_tokens[i].role = role;
}

} // namespace gatehouse::vendors
