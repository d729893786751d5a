#include "ingest/account_view.h"

#include <QCoreApplication>

namespace gatehouse::ingest
{

namespace
{

const QString kRoot = QStringLiteral("/");

QString below(const QString &folder)
{
    return folder == kRoot ? folder : folder + QLatin1Char('/');
}

QString folderOf(const QString &path)
{
    const qsizetype slash = path.lastIndexOf(QLatin1Char('/'));
    return slash <= 0 ? kRoot : path.left(slash);
}

ftp::Entry entryOf(const catalog::ViewEntry &seen)
{
    return {seen.path.mid(seen.path.lastIndexOf(QLatin1Char('/')) + 1), seen.isFolder, seen.bytes,
            seen.modified};
}

tl::unexpected<Error> notFound()
{
    return fail(ErrorKind::NotFound, AccountView::tr("No such file or folder"));
}

} // namespace

AccountView::AccountView(const QVector<catalog::ViewEntry> &entries, qint64 now)
{
    for (const catalog::ViewEntry &entry : entries)
        put(entry, now);
}

bool AccountView::isBelow(const QString &path, const QString &folder)
{
    return path.startsWith(below(folder));
}

AccountView::Nodes::const_iterator AccountView::firstBelow(const QString &folder) const
{
    return m_nodes.lower_bound(below(folder));
}

bool AccountView::isFolder(const QString &path) const
{
    if (path == kRoot)
        return true;
    const auto found = m_nodes.find(path);
    return found != m_nodes.end() && found->second.entry.isFolder;
}

const catalog::ViewEntry *AccountView::file(const QString &path) const
{
    const auto found = m_nodes.find(path);
    if (found == m_nodes.end() || found->second.entry.isFolder)
        return nullptr;
    return &found->second.entry;
}

Result<QVector<ftp::Entry>> AccountView::list(const QString &folder) const
{
    if (const catalog::ViewEntry *single = file(folder))
        return QVector<ftp::Entry>{entryOf(*single)};
    if (!isFolder(folder))
        return notFound();
    QVector<ftp::Entry> out;
    const qsizetype start = below(folder).size();
    for (auto it = firstBelow(folder); it != m_nodes.end() && isBelow(it->first, folder);) {
        const qsizetype slash = it->first.indexOf(QLatin1Char('/'), start);
        if (slash < 0) {
            out.append(entryOf(it->second.entry));
            ++it;
        } else {
            // Deeper: all of that folder sorts before "folder0", '0' being the character after '/'.
            it = m_nodes.lower_bound(it->first.left(slash) + QLatin1Char('0'));
        }
    }
    return out;
}

Result<ftp::Entry> AccountView::stat(const QString &path) const
{
    if (path == kRoot)
        return ftp::Entry{kRoot, true, 0, 0};
    const auto found = m_nodes.find(path);
    if (found == m_nodes.end())
        return notFound();
    return entryOf(found->second.entry);
}

Result<void> AccountView::makeFolder(const QString &path, qint64 now)
{
    if (path == kRoot || m_nodes.count(path) != 0)
        return fail(ErrorKind::Invalid, AccountView::tr("It exists already"));
    if (!isFolder(folderOf(path)))
        return notFound();
    m_nodes.emplace(path, Node{{path, true, 0, now, {}, {}, {}}, now});
    return {};
}

Result<void> AccountView::removeFolder(const QString &path)
{
    if (path == kRoot || !isFolder(path))
        return notFound();
    const auto first = firstBelow(path);
    if (first != m_nodes.end() && isBelow(first->first, path))
        return fail(ErrorKind::Invalid, AccountView::tr("The folder is not empty"));
    m_nodes.erase(path);
    return {};
}

void AccountView::makeFoldersAbove(const QString &path, qint64 now)
{
    for (QString folder = folderOf(path); folder != kRoot; folder = folderOf(folder)) {
        const auto [node, isNew] = m_nodes.emplace(folder, Node{{folder, true, 0, now, {}, {}, {}}, now});
        node->second.seen = now;
        if (!isNew)
            break;
    }
}

void AccountView::put(const catalog::ViewEntry &entry, qint64 now)
{
    if (entry.path == kRoot)
        return;
    makeFoldersAbove(entry.path, now);
    m_nodes.insert_or_assign(entry.path, Node{entry, now});
}

Result<void> AccountView::setModified(const QString &path, qint64 utcMs)
{
    const auto found = m_nodes.find(path);
    if (found == m_nodes.end())
        return notFound();
    found->second.entry.modified = utcMs;
    return {};
}

Result<void> AccountView::remove(const QString &path)
{
    if (!file(path))
        return notFound();
    m_nodes.erase(path);
    return {};
}

Result<void> AccountView::rename(const QString &from, const QString &to)
{
    const auto source = m_nodes.find(from);
    if (source == m_nodes.end())
        return notFound();
    if (!isFolder(folderOf(to)))
        return notFound();
    const bool folder = source->second.entry.isFolder;
    if (isFolder(to) || (folder && (file(to) || isBelow(to, from))))
        return fail(ErrorKind::Invalid, AccountView::tr("The new name is taken"));
    if (from == to)
        return {};
    std::vector<Nodes::node_type> moved;
    moved.push_back(m_nodes.extract(from));
    if (folder) {
        for (auto it = m_nodes.lower_bound(below(from)); it != m_nodes.end() && isBelow(it->first, from);)
            moved.push_back(m_nodes.extract(it++));
    }
    m_nodes.erase(to);
    for (Nodes::node_type &node : moved) {
        node.key() = to + node.key().mid(from.size());
        node.mapped().entry.path = node.key();
        m_nodes.insert(std::move(node));
    }
    return {};
}

void AccountView::forget(qint64 before)
{
    std::erase_if(m_nodes,
                  [&](const auto &node) { return !node.second.entry.isFolder && node.second.seen < before; });
    // Deepest first, so that a folder goes together with the old folders in it.
    for (auto it = m_nodes.end(); it != m_nodes.begin();) {
        --it;
        if (!it->second.entry.isFolder || it->second.seen >= before)
            continue;
        const auto first = firstBelow(it->first);
        if (first == m_nodes.end() || !isBelow(first->first, it->first))
            it = m_nodes.erase(it);
    }
}

} // namespace gatehouse::ingest
