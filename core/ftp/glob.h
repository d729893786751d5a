// "*.jpg" of LIST and NLST. Only * and ?, no sets, no braces, no recursion: matching a name costs at most the
// product of both lengths, and listings match a bounded number of names at a time.
#pragma once

#include <QString>

namespace gatehouse::ftp
{

bool isGlob(const QString &text);
bool matchesGlob(const QString &glob, const QString &name);

} // namespace gatehouse::ftp
