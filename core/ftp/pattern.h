// "*.jpg" of LIST and NLST. Only * and ?, no sets, no braces, no recursion: its cost for one name is
// bounded by both lengths multiplied, and listings match a bounded number of names at a time.
#pragma once

#include <QString>

namespace gatehouse::ftp
{

bool isPattern(const QString &text);
bool matchesPattern(const QString &pattern, const QString &name);

} // namespace gatehouse::ftp
