// What a copy decodes to: proof that it is one. One thread; blocks.
#pragma once

#include "base/result.h"

namespace gatehouse::media
{

struct DecodedCopy {
    int pictures = 0;
    qint64 first = 0; // times of the first and the last picture, microseconds
    qint64 last = 0;
};

// Errors: Corrupt, if something in it can't be decoded.
Result<DecodedCopy> decodeCopy(const QString &file);
// Whether the copy is what was encoded.
bool matches(const DecodedCopy &made, const DecodedCopy &found);

} // namespace gatehouse::media
