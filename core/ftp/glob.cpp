#include "ftp/glob.h"

namespace gatehouse::ftp
{

bool isGlob(const QString &text)
{
    return text.contains(QLatin1Char('*')) || text.contains(QLatin1Char('?'));
}

// Greedy, backtracking only to the last star: earlier stars never need another try.
bool matchesGlob(const QString &glob, const QString &name)
{
    qsizetype p = 0;
    qsizetype n = 0;
    qsizetype star = -1;
    qsizetype starName = 0;
    while (n < name.size()) {
        if (p < glob.size() && glob.at(p) == QLatin1Char('*')) {
            star = p++;
            starName = n;
        } else if (p < glob.size() && (glob.at(p) == QLatin1Char('?') || glob.at(p) == name.at(n))) {
            ++p;
            ++n;
        } else if (star >= 0) {
            p = star + 1;
            n = ++starName;
        } else {
            return false;
        }
    }
    while (p < glob.size() && glob.at(p) == QLatin1Char('*'))
        ++p;
    return p == glob.size();
}

} // namespace gatehouse::ftp
