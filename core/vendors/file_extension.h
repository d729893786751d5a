// The kind of a file by its extension, until the content has been probed. Pure: any thread.
#pragma once

#include "base/media_types.h"

namespace gatehouse::vendors
{

// Of "…/name.extension"; Kind::Other for folders, names without an extension and unknown extensions.
Kind kindByExtension(QStringView path);

} // namespace gatehouse::vendors
