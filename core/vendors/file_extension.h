// What a file's extension says of the file before anyone has looked into it. Pure: any thread.
#pragma once

#include "base/media_types.h"

namespace gatehouse::vendors
{

// Of "…/name.extension"; Kind::Other for folders, names without an extension and extensions nobody knows.
Kind kindByExtension(QStringView path);

} // namespace gatehouse::vendors
