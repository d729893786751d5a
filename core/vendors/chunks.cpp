#include "vendors/chunks.h"

#include <algorithm>

namespace gatehouse::vendors
{

namespace
{

// "1080p", "4k", "15fps", "640x480"
bool isTechnical(QStringView lower)
{
    const auto letters = std::count_if(lower.cbegin(), lower.cend(), [](QChar c) { return !isDigit(c); });
    return isDigit(lower.front()) &&
           (lower.endsWith(QLatin1String("fps")) ||
            (letters == 1 && QStringView(u"pkxs").contains(*std::find_if(
                                 lower.cbegin(), lower.cend(), [](QChar c) { return !isDigit(c); }))));
}

void classify(const Tokens &all, const Vocabulary &vocabulary, Chunk &chunk)
{
    const Token &first = all[chunk.first];
    const int tokens = chunk.next - chunk.first;
    if (first.role == Role::Address) {
        chunk.form = Chunk::Form::Address;
    } else if (tokens == 1 && first.isNumber) {
        chunk.form = Chunk::Form::Number;
        chunk.digits = first.size();
    } else if (tokens <= 2 && !first.isNumber) {
        chunk.form = tokens == 1 ? Chunk::Form::Word : Chunk::Form::WordNumber;
        chunk.digits = tokens == 1 ? 0 : all[chunk.first + 1].size();
        if (first.size() > 1)
            chunk.word = vocabulary.find(all.lower(chunk.first));
        if (!chunk.word && tokens == 2)
            chunk.word = vocabulary.find(all.lower(chunk.begin, chunk.end)); // "mp4"
        if (chunk.is(WordClass::Device) && chunk.digits > kMaxDeviceDigits)
            chunk.word = Word{WordClass::Media, {}, {}};
        if (chunk.is(WordClass::Soft) && chunk.digits > 0)
            chunk.word.reset(); // "bus7" is a name
    } else if (isTechnical(all.lower(chunk.begin, chunk.end))) {
        chunk.word = Word{WordClass::Quality, {}, {}};
    } else {
        chunk.word = vocabulary.find(all.lower(chunk.begin, chunk.end)); // "mp4record"
    }
}

} // namespace

Chunks chunksOf(const Tokens &tokens, int first, int next, const Vocabulary &vocabulary)
{
    Chunks out;
    for (int i = first; i < next; ++i) {
        const Token &token = tokens[i];
        if (token.role == Role::Time)
            continue;
        const bool isAddress = token.role == Role::Address;
        const bool goesOn = i > first && tokens[i - 1].role == token.role &&
                            (isAddress || tokens.signsAfter(i - 1).isEmpty());
        if (!goesOn) {
            Chunk chunk;
            chunk.first = i;
            chunk.begin = token.begin;
            out.append(chunk);
        }
        out.back().next = i + 1;
        out.back().end = token.end;
    }
    for (Chunk &chunk : out)
        classify(tokens, vocabulary, chunk);
    return out;
}

QString textOf(const Tokens &tokens, const Chunks &chunks)
{
    QString out;
    for (int i = 0; i < chunks.size(); ++i) {
        if (i > 0) {
            const bool isNext = chunks[i].first == chunks[i - 1].next;
            out += isNext ? tokens.text(chunks[i - 1].end, chunks[i].begin).toString() : QStringLiteral(" ");
        }
        out += tokens.text(chunks[i].begin, chunks[i].end);
    }
    return out;
}

bool isSerial(QStringView text)
{
    const auto digits = std::count_if(text.cbegin(), text.cend(), isDigit);
    const bool lower = std::any_of(text.cbegin(), text.cend(), [](QChar c) { return c.isLower(); });
    return digits >= 4 && !lower;
}

bool isCardFolder(QStringView text)
{
    return text.size() == 8 && text[0] >= QLatin1Char('1') && isDigit(text[0]) && isDigit(text[1]) &&
           isDigit(text[2]) && std::all_of(text.cbegin() + 3, text.cend(), [](QChar c) {
               return c.isUpper() || isDigit(c) || c == QLatin1Char('_');
           });
}

bool isCardFile(QStringView name)
{
    qsizetype letters = 0;
    while (letters < name.size() && name[letters] >= QLatin1Char('A') && name[letters] <= QLatin1Char('Z'))
        ++letters;
    const qsizetype digitsAt =
        letters < name.size() && name[letters] == QLatin1Char('_') ? letters + 1 : letters;
    const qsizetype digits = name.size() - digitsAt;
    return letters >= 2 && letters <= 4 && digits >= 4 && name.size() == 8 &&
           std::all_of(name.cbegin() + digitsAt, name.cend(), isDigit);
}

} // namespace gatehouse::vendors
