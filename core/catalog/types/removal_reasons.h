// Why an item goes whose content is kept in another one, so that nothing is missing. The list of deletions
// and the journal hold the sentence, in the language of then. Any thread.
#pragma once

#include <QString>
#include <optional>

namespace gatehouse::catalog
{

enum class KeptElsewhere {
    InALaterUpload,   // that begins with its bytes
    UnderItsNewName,  // it was renamed to what is kept already
    WithItsWholeName, // it had been found without its line in the journal
    AsTheSameUpload,  // a file that was given up before it had a row
};

QString reasonOf(KeptElsewhere where);
// None: what it held is gone.
std::optional<KeptElsewhere> keptElsewhere(const QString &reason);

} // namespace gatehouse::catalog
