// What remains of a path once its time is read: words that say why a file was made, and the folders and parts
// of the name that tell cameras apart. Pure: any thread.
#pragma once

#include "vendors/path_time.h"
#include "vendors/vocabulary.h"

namespace gatehouse::vendors
{

struct PathWords {
    Cause cause;              // of specific words: the name's before the folders', the nearest folder first
    Cause general;            // of words such as "alarm", where nothing else says more
    Kind shows = Kind::Other; // Still or Clip, for extensions that do not tell
    bool isFixedName = false; // without any number: overwritten each time
    QString cameraKey;        // see path_metadata.h
    QString cameraName;
    QString folderKey; // the same without the name of the file
    QString folderName;
};

PathWords readWords(const Tokens &tokens, const PathTime &time, const Vocabulary &vocabulary);

// A hostile path must not make a key of thousands of characters.
QString boundedKey(const QString &text);
QString boundedName(const QString &text);

} // namespace gatehouse::vendors
