#include "vendors/path_words.h"

#include "base/limits.h"

#include <QStringList>
#include <algorithm>

namespace gatehouse::vendors
{

namespace
{

constexpr qsizetype kMaxKeyLength = 120; // characters; cameras are known by their keys: never change it
constexpr int kMaxChannelDigits = 2;
constexpr int kMaxDeviceDigits = 3; // "cam012"
constexpr int kMinSerialDigits = 6;

// Letters and digits in a row, without what belongs to a time.
struct Chunk {
    enum class Form : quint8 { Number, Word, WordNumber, Mixed, Address };
    int first = 0; // tokens [first, next)
    int next = 0;
    int begin = 0; // characters
    int end = 0;
    Form form = Form::Mixed;
    std::optional<Word> word; // of the letters of Word and WordNumber
    int digits = 0;           // of Number and WordNumber

    [[nodiscard]] bool is(WordClass kind) const { return word && word->kind == kind; }
    [[nodiscard]] bool isLetter() const { return form == Form::Word && end - begin == 1; }
    // "cam1", but not "record000".
    [[nodiscard]] bool isDevice() const { return is(WordClass::Device) && form == Form::WordNumber; }
    // It tells cameras apart whatever stands next to it.
    [[nodiscard]] bool tells() const
    {
        return form == Form::Address || isDevice() || is(WordClass::Named) ||
               (!word && form != Form::Number && !isLetter());
    }
    // It says nothing about which camera it is.
    [[nodiscard]] bool isCommon() const
    {
        return is(WordClass::Media) || is(WordClass::Cause) || is(WordClass::General) ||
               is(WordClass::Quality) || is(WordClass::Place);
    }
};

using Chunks = QVarLengthArray<Chunk, 8>;

bool isSerial(QStringView text)
{
    const auto digits = std::count_if(text.cbegin(), text.cend(), isDigit);
    const bool lower = std::any_of(text.cbegin(), text.cend(), [](QChar c) { return c.isLower(); });
    return digits >= 4 && !lower;
}

// "1080p", "4k", "15fps", "640x480"
bool isTechnical(QStringView lower)
{
    const auto letters = std::count_if(lower.cbegin(), lower.cend(), [](QChar c) { return !isDigit(c); });
    return isDigit(lower.front()) &&
           (lower.endsWith(QLatin1String("fps")) ||
            (letters == 1 && QStringView(u"pkxs").contains(*std::find_if(
                                 lower.cbegin(), lower.cend(), [](QChar c) { return !isDigit(c); }))));
}

// "100RECNX", "101MEDIA": a camera makes a new one when it is full (DCF).
bool isCardFolder(QStringView text)
{
    return text.size() == 8 && text[0] >= QLatin1Char('1') && isDigit(text[0]) && isDigit(text[1]) &&
           isDigit(text[2]) && std::all_of(text.cbegin() + 3, text.cend(), [](QChar c) {
               return c.isUpper() || isDigit(c) || c == QLatin1Char('_');
           });
}

// "IMG_0001", "RCNX0001", "DSCF0042", "GX010123" (DCF).
bool isCardFile(QStringView name)
{
    qsizetype letters = 0;
    while (letters < name.size() && name[letters] >= QLatin1Char('A') && name[letters] <= QLatin1Char('Z'))
        ++letters;
    const qsizetype digitsAt =
        letters < name.size() && name[letters] == QLatin1Char('_') ? letters + 1 : letters;
    const qsizetype digits = name.size() - digitsAt;
    return letters >= 2 && letters <= 5 && digits >= 3 && digits <= 6 && digitsAt + digits >= 7 &&
           std::all_of(name.cbegin() + digitsAt, name.cend(), isDigit);
}

class WordReader
{
public:
    WordReader(const Tokens &tokens, const PathTime &time, const Vocabulary &vocabulary)
        : m_tokens(tokens), m_time(time), m_vocabulary(vocabulary)
    {
    }
    PathWords read();

private:
    struct Folder {
        int segment = 0;
        QString text;
    };

    [[nodiscard]] Chunks chunksOf(int first, int next) const;
    void classify(Chunk &chunk) const;

    void readFolder(int segment);
    void readNumberFolder(int segment, const Chunk &number);
    void readName();
    void readPrefix(const Chunks &all);
    void readSuffix(const Chunks &chunks);
    void readUntimedName(const Chunks &chunks);
    void takeAddress(const Chunk &address, int segment);
    void takeCauses(const Chunks &chunks, bool afterTime);
    [[nodiscard]] bool isChannel(const Chunks &chunks, int i) const;

    [[nodiscard]] QString textOf(const Chunks &chunks) const;
    void setCamera(PathWords &out) const;

    const Tokens &m_tokens;
    const PathTime &m_time;
    const Vocabulary &m_vocabulary;

    QVarLengthArray<Folder, 4> m_folders;
    QString m_address;
    int m_addressSegment = -1;
    bool m_isIp = false;
    QString m_model;      // next to an address: "R4_00626E0A0B0C"
    QString m_alias;      // after an address in brackets
    QString m_name;       // of the file, as far as it tells cameras apart
    QString m_channel;    // a number of one or two digits
    QString m_lastResort; // a word after the time, if nothing else names the camera
    Cause m_cause;
    Cause m_general;
    Kind m_shows = Kind::Other;
    bool m_isFixedName = false;
    int m_firstDate = -1; // the first segment with a date; -1: none
};

// --- chunks

void WordReader::classify(Chunk &chunk) const
{
    const Token &first = m_tokens[chunk.first];
    const int tokens = chunk.next - chunk.first;
    if (first.role == Role::Address) {
        chunk.form = Chunk::Form::Address;
    } else if (tokens == 1 && first.isNumber) {
        chunk.form = Chunk::Form::Number;
        chunk.digits = first.size();
    } else if (tokens <= 2 && !first.isNumber) {
        chunk.form = tokens == 1 ? Chunk::Form::Word : Chunk::Form::WordNumber;
        chunk.digits = tokens == 1 ? 0 : m_tokens[chunk.first + 1].size();
        if (first.size() > 1)
            chunk.word = m_vocabulary.find(m_tokens.lower(chunk.first));
        if (!chunk.word && tokens == 2)
            chunk.word = m_vocabulary.find(m_tokens.lower(chunk.begin, chunk.end)); // "mp4"
        if (chunk.is(WordClass::Device) && chunk.digits > kMaxDeviceDigits)
            chunk.word = Word{WordClass::Media, {}, {}};
        if (chunk.is(WordClass::Soft) && chunk.digits > 0)
            chunk.word.reset(); // "bus7" is a name
    } else if (isTechnical(m_tokens.lower(chunk.begin, chunk.end))) {
        chunk.word = Word{WordClass::Quality, {}, {}};
    } else {
        chunk.word = m_vocabulary.find(m_tokens.lower(chunk.begin, chunk.end)); // "mp4record"
    }
}

Chunks WordReader::chunksOf(int first, int next) const
{
    Chunks out;
    for (int i = first; i < next; ++i) {
        const Token &token = m_tokens[i];
        if (token.role == Role::Time)
            continue;
        const bool isAddress = token.role == Role::Address;
        const bool goesOn = i > first && m_tokens[i - 1].role == token.role &&
                            (isAddress || m_tokens.signsAfter(i - 1).isEmpty());
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
        classify(chunk);
    return out;
}

// As written, with a space where something was left out.
QString WordReader::textOf(const Chunks &chunks) const
{
    QString out;
    for (int i = 0; i < chunks.size(); ++i) {
        if (i > 0) {
            const bool isNext = chunks[i].first == chunks[i - 1].next;
            out +=
                isNext ? m_tokens.text(chunks[i - 1].end, chunks[i].begin).toString() : QStringLiteral(" ");
        }
        out += m_tokens.text(chunks[i].begin, chunks[i].end);
    }
    return out;
}

void WordReader::takeCauses(const Chunks &chunks, bool afterTime)
{
    const bool tells =
        std::any_of(chunks.cbegin(), chunks.cend(), [](const Chunk &chunk) { return chunk.tells(); });
    for (const Chunk &chunk : chunks) {
        if (!chunk.word)
            continue;
        const bool isCause =
            chunk.is(WordClass::Cause) || (chunk.is(WordClass::Soft) && (afterTime || !tells));
        if (isCause)
            m_cause.complete(chunk.word->cause);
        else if (chunk.is(WordClass::General) || chunk.is(WordClass::Named))
            m_general.complete(chunk.word->cause);
        if (m_shows == Kind::Other)
            m_shows = chunk.word->shows;
    }
}

void WordReader::takeAddress(const Chunk &address, int segment)
{
    m_address = m_tokens.text(address.begin, address.end).toString();
    m_addressSegment = segment;
    m_isIp = m_address.contains(QLatin1Char('.'));
}

// --- folders

void WordReader::readNumberFolder(int segment, const Chunk &number)
{
    const QStringView text = m_tokens.text(number.begin, number.end);
    const bool isBelowDate = m_firstDate >= 0 && segment > m_firstDate;
    const bool isBeforeDate = m_time.dateSegment >= 0;
    if (isBelowDate) {
        // Below a day's folder: hours and counters, except for "002", a channel of Dahua's.
        if (text.size() == 3 && text.startsWith(QLatin1String("00")) && text != QLatin1String("001"))
            m_folders.append({segment, text.toString()});
        return;
    }
    // The number of a monitor, or of a device.
    if (text.size() <= 3 || text.size() >= (isBeforeDate ? kMinSerialDigits : 9))
        m_folders.append({segment, text.toString()});
}

void WordReader::readFolder(int segment)
{
    const Segment &whole = m_tokens.segment(segment);
    const Chunks chunks = chunksOf(whole.first, whole.next);
    if (chunks.isEmpty() || isCardFolder(m_tokens.text(whole.begin, whole.end)))
        return;
    const bool isDated = chunks.front().first != whole.first || chunks.back().next != whole.next ||
                         textOf(chunks).size() < chunks.back().end - chunks.front().begin;
    const auto isNumber = [](const Chunk &chunk) { return chunk.form == Chunk::Form::Number; };
    if (std::all_of(chunks.cbegin(), chunks.cend(), isNumber)) {
        if (!isDated && chunks.size() == 1)
            readNumberFolder(segment, chunks.front());
        return;
    }
    takeCauses(chunks, false);
    // "pic_002"
    if (chunks.size() == 2 && chunks[0].is(WordClass::Media) && isNumber(chunks[1])) {
        readNumberFolder(segment, chunks[1]);
        return;
    }
    for (const Chunk &chunk : chunks) {
        if (chunk.form == Chunk::Form::Address)
            takeAddress(chunk, segment);
    }
    bool tells = false;
    Chunks kept;
    for (int i = 0; i < chunks.size(); ++i) {
        const Chunk &chunk = chunks[i];
        if (chunk.form == Chunk::Form::Address || chunk.is(WordClass::Cause) ||
            chunk.is(WordClass::General) || (isDated && (isNumber(chunk) || chunk.is(WordClass::Media))))
            continue;
        const bool isNumbered = chunk.is(WordClass::Device) && i + 1 < chunks.size() &&
                                isNumber(chunks[i + 1]) && chunks[i + 1].digits <= kMaxDeviceDigits &&
                                !isDated;
        tells = tells || chunk.tells() || isNumbered;
        kept.append(chunk);
    }
    if (!tells)
        return;
    if (m_addressSegment == segment)
        m_model = textOf(kept);
    else
        m_folders.append({segment, textOf(kept)});
}

// --- the name

// A short number after a name, an address or a device, or one that begins the name: "Gate_01_2025…", but not
// "01-2025…", which counts events.
bool WordReader::isChannel(const Chunks &chunks, int i) const
{
    const Chunk &chunk = chunks[i];
    const bool afterDevice = i > 0 && chunks[i - 1].is(WordClass::Device) && !chunks[i - 1].isDevice();
    if (chunk.digits > (afterDevice ? kMaxDeviceDigits : kMaxChannelDigits))
        return false;
    return afterDevice || !m_tokens.signsAfter(chunk.next - 1).startsWith(QLatin1Char('-'));
}

void WordReader::readPrefix(const Chunks &all)
{
    // What stands before an address is a name for it; what stands after a recorder's is one of its cameras.
    const auto *address = std::find_if(all.cbegin(), all.cend(),
                                       [](const Chunk &chunk) { return chunk.form == Chunk::Form::Address; });
    Chunks chunks;
    if (address != all.cend()) {
        Chunks before;
        for (const auto *it = all.cbegin(); it != address; ++it) {
            if (it->tells())
                before.append(*it);
        }
        m_model = textOf(before);
    }
    for (const auto *it = address == all.cend() ? all.cbegin() : address; it != all.cend(); ++it)
        chunks.append(*it);
    const bool tells = std::any_of(chunks.cbegin(), chunks.cend(), [](const Chunk &chunk) {
        return chunk.tells() && chunk.form != Chunk::Form::Address;
    });
    Chunks kept;
    QStringList serials;
    for (int i = 0; i < chunks.size(); ++i) {
        const Chunk &chunk = chunks[i];
        if (chunk.form == Chunk::Form::Number) {
            if (chunk.digits >= kMinSerialDigits) {
                serials.append(m_tokens.text(chunk.begin, chunk.end).toString());
            } else if (isChannel(chunks, i)) {
                if (i > 0 && chunks[i - 1].is(WordClass::Device) && !chunks[i - 1].isDevice())
                    kept.append(chunk);
                else if (m_channel.isEmpty() &&
                         (i == 0 || tells || chunks[i - 1].form == Chunk::Form::Address))
                    m_channel = m_tokens.text(chunk.begin, chunk.end).toString();
            }
            continue;
        }
        if (chunk.form == Chunk::Form::Address || chunk.isCommon() ||
            isCardFile(m_tokens.text(chunk.begin, chunk.end)))
            continue;
        if (chunk.isLetter() && !(i > 0 && chunks[i - 1].is(WordClass::Device)))
            continue; // a code
        const bool isNumbered = chunk.is(WordClass::Device) && i + 1 < chunks.size() &&
                                (chunks[i + 1].isLetter() ||
                                 (chunks[i + 1].form == Chunk::Form::Number && isChannel(chunks, i + 1)));
        if (tells || isNumbered || chunk.isLetter())
            kept.append(chunk);
    }
    m_name = textOf(kept);
    for (const QString &serial : serials)
        m_name += (m_name.isEmpty() ? QString() : QStringLiteral("/")) + serial;
}

void WordReader::readSuffix(const Chunks &chunks)
{
    Chunks kept;
    Chunks last;
    for (int i = 0; i < chunks.size(); ++i) {
        const Chunk &chunk = chunks[i];
        const bool hasNumber = i + 1 < chunks.size() && chunks[i + 1].form == Chunk::Form::Number &&
                               chunks[i + 1].digits <= kMaxDeviceDigits;
        if (chunk.isDevice()) {
            kept.append(chunk);
        } else if (chunk.is(WordClass::Device) && hasNumber) {
            kept.append(chunk);
            kept.append(chunks[++i]);
        } else if (last.isEmpty() && !chunk.word && m_tokens[chunk.first].size() >= 3 &&
                   (chunk.form == Chunk::Form::Word ||
                    (chunk.form == Chunk::Form::WordNumber && chunk.digits <= kMaxChannelDigits))) {
            last.append(chunk);
        }
    }
    if (!kept.isEmpty())
        m_name += (m_name.isEmpty() ? QString() : QStringLiteral("/")) + textOf(kept);
    m_lastResort = textOf(last);
}

// Without a time, numbers count, and what looks random is no camera: every file would be a new one.
void WordReader::readUntimedName(const Chunks &chunks)
{
    if (isCardFile(m_tokens.text(m_tokens.name().begin, m_tokens.name().end)))
        return;
    const bool tells = std::any_of(chunks.cbegin(), chunks.cend(), [](const Chunk &chunk) {
        return chunk.tells() && chunk.form != Chunk::Form::Mixed && chunk.form != Chunk::Form::Address;
    });
    Chunks kept;
    for (int i = 0; i < chunks.size(); ++i) {
        const Chunk &chunk = chunks[i];
        const bool hasNumber = i + 1 < chunks.size() && chunks[i + 1].form == Chunk::Form::Number &&
                               chunks[i + 1].digits <= kMaxChannelDigits;
        if (chunk.is(WordClass::Device) && hasNumber && chunk.form == Chunk::Form::Word) {
            kept.append(chunk);
            kept.append(chunks[++i]);
        } else if (tells && !chunk.isCommon() && !chunk.isLetter() &&
                   (chunk.form == Chunk::Form::Word || chunk.form == Chunk::Form::WordNumber)) {
            kept.append(chunk);
            if (chunk.form == Chunk::Form::WordNumber && chunk.digits > kMaxChannelDigits &&
                !chunk.isDevice())
                kept.back().end = m_tokens[chunk.first].end; // "front0001"
        }
    }
    m_name = textOf(kept);
}

void WordReader::readName()
{
    const Segment &name = m_tokens.name();
    const bool isTimed = m_time.nameFirst >= 0;
    Chunks before = chunksOf(name.first, isTimed ? m_time.nameFirst : name.next);
    const Chunks after = isTimed ? chunksOf(m_time.nameFirst, name.next) : Chunks();
    const QStringView text = m_tokens.text(name.begin, name.end);
    m_isFixedName = name.first < name.next && std::none_of(text.cbegin(), text.cend(), isDigit);
    takeCauses(before, false);
    takeCauses(after, true);
    for (const Chunks *chunks : {static_cast<const Chunks *>(&before), &after}) {
        for (const Chunk &chunk : *chunks) {
            // A UUID in a name is that of an event.
            if (chunk.form == Chunk::Form::Address && chunk.end - chunk.begin < 30)
                takeAddress(chunk, m_tokens.nameSegment());
        }
    }
    // "MAC(alias)": a person's name for it, which may change.
    if (before.size() > 1 && before.front().form == Chunk::Form::Address &&
        m_tokens.signsAfter(before.front().next - 1).startsWith(QLatin1Char('('))) {
        before.remove(0);
        int open = 0;
        while (open < before.size() && !m_tokens.signsAfter(before[open].next - 1).contains(QLatin1Char(')')))
            ++open;
        before.resize(std::min(open + 1, int(before.size())));
        m_alias = textOf(before);
        before.clear();
    }
    if (isTimed) {
        readPrefix(before);
        readSuffix(after);
    } else {
        readUntimedName(before);
    }
}

// --- the result

void WordReader::setCamera(PathWords &out) const
{
    QStringList key;
    QStringList names;
    const auto add = [&](const QString &text, bool isName) {
        if (text.isEmpty() || key.contains(text))
            return;
        key.append(text);
        if (isName && !isSerial(text))
            names.append(text);
    };
    // What identifies a device stands for all that is written before it; only a recorder's address has
    // cameras below it.
    if (!m_address.isEmpty())
        key.append(m_address);
    for (const Folder &folder : m_folders) {
        if (m_address.isEmpty() || (m_isIp && folder.segment > m_addressSegment))
            add(folder.text, true);
        else if (!isSerial(folder.text))
            names.append(folder.text);
    }
    if (names.isEmpty() && !m_model.isEmpty())
        names.append(m_model);
    const auto label = [&] {
        if (!m_alias.isEmpty())
            return m_alias;
        return names.isEmpty() && !key.isEmpty() ? key.first() : names.join(QLatin1Char(' '));
    };
    out.folderKey = boundedKey(key.join(QLatin1Char('/')));
    out.folderName = boundedName(label());

    if (m_address.isEmpty() || m_isIp)
        add(m_name, true);
    if (key.isEmpty() && m_channel.isEmpty())
        add(m_lastResort, true);
    if (!m_channel.isEmpty() && !(m_isIp && m_channel == QLatin1String("01")))
        key.append(m_channel);
    out.cameraKey = boundedKey(key.join(QLatin1Char('/')));
    out.cameraName = boundedName(label());
}

PathWords WordReader::read()
{
    for (int i = 0; i < m_tokens.count() && m_firstDate < 0; ++i) {
        if (m_tokens[i].role == Role::Time)
            m_firstDate = m_tokens[i].segment;
    }
    readName();
    // The nearest folder first; the order of those that name the camera is that of the path.
    for (int segment = m_tokens.nameSegment() - 1; segment >= 0; --segment)
        readFolder(segment);
    std::reverse(m_folders.begin(), m_folders.end());

    PathWords out;
    out.cause = m_cause;
    out.general = m_general;
    if (out.cause.subject != Subject::None && !out.cause.trigger)
        out.cause.trigger = Trigger::Motion;
    out.shows = m_shows;
    out.isFixedName = m_isFixedName;
    setCamera(out);
    return out;
}

} // namespace

PathWords readWords(const Tokens &tokens, const PathTime &time, const Vocabulary &vocabulary)
{
    return WordReader(tokens, time, vocabulary).read();
}

QString boundedKey(const QString &text)
{
    return text.left(kMaxKeyLength).trimmed();
}

QString boundedName(const QString &text)
{
    return text.left(limits::kMaxCameraName).trimmed();
}

} // namespace gatehouse::vendors
