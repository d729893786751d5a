// A path cut into folders and a name, and those into numbers and words: "cam1/MD_2025-03-01.jpg" has the
// tokens cam, 1, MD, 2025, 03, 01. What the grammar has understood gets a role; the rest tells cameras apart.
// Bounded: of a hostile path only the last folders and tokens are kept. Refers to the path. Values: any
// thread.
#pragma once

#include "vendors/remote_path.h"

#include <QVarLengthArray>

namespace gatehouse::vendors
{

enum class Role : quint8 {
    Unread,
    Address, // of a device: MAC, IP, UUID
    Time,    // of a date, a time or a length
};

struct Token {
    int begin = 0; // characters of the path
    int end = 0;
    int segment = 0;
    bool isNumber = false; // ASCII digits; otherwise letters and any other characters but separators
    Role role = Role::Unread;

    [[nodiscard]] int size() const { return end - begin; }
};

// A folder, or the name without its extension.
struct Segment {
    int begin = 0;
    int end = 0;
    int first = 0; // tokens [first, next)
    int next = 0;
};

class Tokens
{
public:
    explicit Tokens(const RemotePath &path);

    [[nodiscard]] int count() const { return int(m_tokens.size()); }
    [[nodiscard]] const Token &operator[](int i) const { return m_tokens[i]; }
    [[nodiscard]] QStringView text(int i) const { return m_text.mid(m_tokens[i].begin, m_tokens[i].size()); }
    [[nodiscard]] QStringView lower(int i) const
    {
        return m_lower.mid(m_tokens[i].begin, m_tokens[i].size());
    }
    // Of characters [begin, end).
    [[nodiscard]] QStringView text(int begin, int end) const { return m_text.mid(begin, end - begin); }
    [[nodiscard]] QStringView lower(int begin, int end) const { return m_lower.mid(begin, end - begin); }
    // The signs after a token, up to the next one or the end of its segment; "/" if another segment follows.
    [[nodiscard]] QStringView signsAfter(int i) const;
    [[nodiscard]] bool isGlued(int i) const
    {
        return i + 1 < count() && signsAfter(i).isEmpty();
    } // to the next
    [[nodiscard]] bool isNumber(int i, int size) const;
    [[nodiscard]] bool isNumberUpTo(int i, int size) const;
    // Of `length` digits from `from` on; nine digits at most.
    [[nodiscard]] int value(int i, int from = 0, int length = 9) const;
    [[nodiscard]] bool isWholeSegment(int i) const;
    [[nodiscard]] bool isInName(int i) const { return m_tokens[i].segment == nameSegment(); }

    [[nodiscard]] int segmentCount() const { return int(m_segments.size()); }
    [[nodiscard]] const Segment &segment(int i) const { return m_segments[i]; }
    // The last segment; without tokens if the path is a folder.
    [[nodiscard]] int nameSegment() const { return segmentCount() - 1; }
    [[nodiscard]] const Segment &name() const { return m_segments.back(); }

    void assign(int first, int next, Role role);

private:
    void addSegment(int begin, int end);

    QStringView m_text;
    QStringView m_lower;
    QVarLengthArray<Token, 48> m_tokens;
    QVarLengthArray<Segment, 16> m_segments;
};

constexpr bool isDigit(QChar c)
{
    return c >= QLatin1Char('0') && c <= QLatin1Char('9');
}

bool isHexDigit(QChar c);
// Of digits only, nine at most.
int valueOf(QStringView digits);

} // namespace gatehouse::vendors
