// What a name's ending says of the file before anyone has looked into it. Pure: any thread.
#pragma once

#include "base/evidence.h"

namespace gatehouse::vendors
{

// Of "…/name.ending"; Kind::Other for folders, names without an ending and endings nobody knows.
Kind kindByEnding(QStringView path);

} // namespace gatehouse::vendors
