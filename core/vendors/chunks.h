// What is left of a segment once its time is read: letters and digits in a row, each with what it may be.
// "cam1" is a device with its number, "record000" no camera at all, "FI9900P" may be one. Pure: any thread.
#pragma once

#include "vendors/tokens.h"
#include "vendors/vocabulary.h"

namespace gatehouse::vendors
{

inline constexpr int kMaxChannelDigits = 2;
inline constexpr int kMaxDeviceDigits = 3; // "cam012"
inline constexpr int kMinSerialDigits = 6;

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
    // It says nothing about which camera it is, wherever it stands in a name.
    [[nodiscard]] bool isCommon() const
    {
        return is(WordClass::Media) || is(WordClass::Cause) || is(WordClass::General);
    }
};

using Chunks = QVarLengthArray<Chunk, 8>;

// Of tokens [first, next), without those of a time.
Chunks chunksOf(const Tokens &tokens, int first, int next, const Vocabulary &vocabulary);
// As written, with a space where something was left out.
QString textOf(const Tokens &tokens, const Chunks &chunks);

// Capital letters and four digits or more: nothing that a person would call a camera.
bool isSerial(QStringView text);
// "100RECNX", "101MEDIA": a camera makes a new one when it is full (DCF).
bool isCardFolder(QStringView text);
// "IMG_0001", "RCNX0001", "DSCF0042", "GX010123" (DCF).
bool isCardFile(QStringView name);

} // namespace gatehouse::vendors
