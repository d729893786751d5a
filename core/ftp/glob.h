// "*.jpg" of LIST and NLST. Only * and ?, no sets, no braces, no recursion: its cost for one name is
// bounded by both lengths multiplied, and listings match a bounded number of names at a time.
#pragma once

#include <QString>

namespace gatehouse::ftp
{

bool isGlob(const QString &text);
bool matchesGlob(const QString &glob, const QString &name);

} // namespace gatehouse::ftp
