// The paths of a camera's FTP tree: absolute, "/" between the parts, no "." and no "..". The tree is a
// catalogue, not a folder of the disk, so nothing outside can be named (traversal, symbolic links).
#pragma once

#include "base/result.h"

#include <QString>

namespace gatehouse::ftp
{

constexpr qsizetype kMaxPathLength = 2048; // bytes of UTF-8
constexpr qsizetype kMaxNameLength = 255;  // what file systems take
constexpr qsizetype kMaxPathDepth = 64;

// `argument` seen from `folder`. Doubled and trailing slashes mean nothing, a backslash is a slash
// (ACTi). Invalid: a control character, or too long or too deep.
Result<QString> resolvePath(const QString &folder, const QString &argument);
QString nameOfPath(const QString &path);
QString folderOfPath(const QString &path);
// RFC 959 appendix II: a quote within is doubled.
QString quotedPath(const QString &path);

} // namespace gatehouse::ftp
