// The paths of a camera's FTP tree: absolute, "/" between the components, no "." and no "..". The tree is a
// table, not a folder on disk, so no path can escape it (traversal, symbolic links).
#pragma once

#include "base/result.h"

#include <QString>

namespace gatehouse::ftp
{

constexpr qsizetype kMaxPathLength = 2048; // bytes on the wire
constexpr qsizetype kMaxNameLength = 255;  // the limit of common file systems
constexpr qsizetype kMaxPathDepth = 64;

// Resolves `argument` relative to `folder`. Collapses repeated slashes, ignores trailing ones, and treats a
// backslash as a slash (ACTi). Invalid: a control character, or too long or too deep; the text is a reason
// such as "it is too long", untranslated.
Result<QString> resolvePath(const QString &folder, const QString &argument);
QString nameOfPath(const QString &path);
QString folderOfPath(const QString &path);
// RFC 959 appendix II: an embedded quote is doubled.
QString quotedPath(const QString &path);

} // namespace gatehouse::ftp
