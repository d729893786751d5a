// Reasons for deleting an item whose content another item has, so that nothing is lost. The deletion log and
// the journal store the sentence, in the language of that time. Any thread.
#pragma once

#include <QString>
#include <optional>

namespace gatehouse::catalog
{

enum class KeptElsewhere {
    InALaterUpload,   // which starts with its bytes
    UnderItsNewName,  // it was renamed to a name under which the same bytes are stored
    WithItsWholeName, // it had been found without a line in the journal
    AsTheSameUpload,  // a file that was discarded before it had a row
};

QString reasonOf(KeptElsewhere where);
// None: its content is lost.
std::optional<KeptElsewhere> keptElsewhere(const QString &reason);

} // namespace gatehouse::catalog
