#include "vendors/path_words.h"

#include "base/limits.h"
#include "vendors/chunks.h"

#include <QStringList>
#include <algorithm>

namespace gatehouse::vendors
{

namespace
{

constexpr int kMinLoneSerialDigits = 9;  // of a folder in a path without a date, where others count events
constexpr qsizetype kMaxKeyLength = 120; // characters; cameras are known by their keys: never change it

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

    void readFolder(int segment);
    void readNumberFolder(int segment, const Chunk &number);
    void readName();
    void readPrefix(const Chunks &all);
    void readSuffix(const Chunks &chunks);
    void readUntimedName(const Chunks &chunks);
    void takeAddress(const Chunk &address, int segment);
    void takeCauses(const Chunks &chunks, bool afterTime);
    [[nodiscard]] bool isChannel(const Chunks &chunks, int i) const;
    [[nodiscard]] bool isOfModel(const Chunks &chunks, int i) const;

    [[nodiscard]] Chunks chunksOf(int first, int next) const
    {
        return vendors::chunksOf(m_tokens, first, next, m_vocabulary);
    }
    [[nodiscard]] QString textOf(const Chunks &chunks) const { return vendors::textOf(m_tokens, chunks); }
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
    if (isBelowDate) {
        // Below a day's folder: hours and counters, except for "002", a channel of Dahua's.
        if (text.size() == 3 && text.startsWith(QLatin1String("00")) && text != QLatin1String("001"))
            m_folders.append({segment, text.toString()});
        return;
    }
    // The number of a monitor, or of a device.
    if (text.size() <= 3 ||
        text.size() >= (m_time.dateSegment >= 0 ? kMinSerialDigits : kMinLoneSerialDigits))
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
        m_folders.append({segment, kept.size() == chunks.size() && !isDated
                                       ? m_tokens.text(whole.begin, whole.end).trimmed().toString()
                                       : textOf(kept)});
}

// --- the name

// A short number after a name, an address or a device, or one that begins the name: "Gate_01_2025…".
bool WordReader::isChannel(const Chunks &chunks, int i) const
{
    const Chunk &chunk = chunks[i];
    const bool afterDevice = i > 0 && chunks[i - 1].is(WordClass::Device) && !chunks[i - 1].isDevice();
    if (chunk.digits > (afterDevice ? kMaxDeviceDigits : kMaxChannelDigits))
        return false;
    if (afterDevice || chunk.digits == 1 || !m_tokens.signsAfter(chunk.next - 1).startsWith(QLatin1Char('-')))
        return true;
    // Motion counts events: "01-2025…", "CAM1_01-2025…", and "3-01-2025…" after the number of the camera.
    const auto isNumber = [&](int j) { return chunks[j].form == Chunk::Form::Number; };
    if (i + 1 < chunks.size() && isNumber(i + 1))
        return true;
    return i > 0 && !isNumber(i - 1) && m_tokens.signsAfter(chunks[i - 1].next - 1) == QLatin1String("-");
}

// "NVR_ch1_main_2025…", but not "Main_Gate_2025…".
bool isStreamAtEnd(const Chunks &chunks, int i)
{
    return std::all_of(chunks.cbegin() + i, chunks.cend(), [](const Chunk &chunk) {
        return chunk.is(WordClass::Quality) || chunk.isCommon() || chunk.form == Chunk::Form::Number;
    });
}

// "RLC-410", "XNV-6080": not a counter.
bool WordReader::isOfModel(const Chunks &chunks, int i) const
{
    return i > 0 && chunks[i].digits > kMaxChannelDigits && chunks[i].digits < kMinSerialDigits &&
           chunks[i - 1].tells() && m_tokens.signsAfter(chunks[i - 1].next - 1) == QLatin1String("-") &&
           !m_tokens.signsAfter(chunks[i].next - 1).isEmpty() &&
           (i + 1 < chunks.size() || m_tokens.signsAfter(chunks[i].next - 1) != QLatin1String("-"));
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
            } else if (isOfModel(chunks, i)) {
                kept.append(chunk);
            } else if (isChannel(chunks, i)) {
                if (i > 0 && chunks[i - 1].is(WordClass::Device) && !chunks[i - 1].isDevice())
                    kept.append(chunk);
                else if (m_channel.isEmpty() &&
                         (i == 0 || tells || chunks[i - 1].form == Chunk::Form::Address))
                    m_channel = m_tokens.text(chunk.begin, chunk.end).toString();
            }
            continue;
        }
        if (chunk.form == Chunk::Form::Address || chunk.isCommon() || isStreamAtEnd(chunks, i) ||
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

// Without a time, numbers count; random parts do not, or every file would be a new camera.
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
        } else if (tells && !chunk.isCommon() && !isStreamAtEnd(chunks, i) &&
                   m_tokens[chunk.first].size() > 1 &&
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
