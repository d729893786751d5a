#include "ingest/repair/names_given_up.h"

namespace gatehouse::ingest
{

namespace
{

constexpr qsizetype kMaxCharacters = 8'000'000; // some 16 MB

} // namespace

void NamesGivenUp::add(AccountId account, const QString &path)
{
    if (m_isOver || m_characters + path.size() > kMaxCharacters)
        return;
    QSet<QString> &names = m_names[account];
    const qsizetype before = names.size();
    names.insert(path);
    if (names.size() > before)
        m_characters += path.size();
}

bool NamesGivenUp::contains(AccountId account, const QString &path) const
{
    const auto names = m_names.constFind(account);
    if (names == m_names.constEnd())
        return false;
    for (qsizetype end = path.size(); end > 0; end = path.lastIndexOf(QLatin1Char('/'), end - 1)) {
        if (names->contains(path.left(end)))
            return true;
    }
    return false;
}

void NamesGivenUp::end()
{
    m_names.clear();
    m_characters = 0;
    m_isOver = true;
}

} // namespace gatehouse::ingest
