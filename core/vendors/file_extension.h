// The kind of a file by its extension, until the content has been probed. Pure: any thread.
#pragma once

#include "base/media_types.h"

namespace gatehouse::vendors
{

// Of "…/name.extension"; Kind::Other for folders, names without an extension and unknown extensions.
Kind kindByExtension(QStringView path);

// Where the name ends and its extension begins, "." included; the size of the path if it has none. What a
// server adds behind a known extension ("snap.jpg.Xk2f9", the answer to STOU) belongs to the extension.
qsizetype extensionAt(QStringView path);

} // namespace gatehouse::vendors
