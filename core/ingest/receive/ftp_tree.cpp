#include "ingest/receive/ftp_tree.h"

#include <QCoreApplication>
#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>
#include <vector>

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

ftp::Entry entryOf(const catalog::FtpEntry &seen)
{
    return {seen.path.mid(seen.path.lastIndexOf(QLatin1Char('/')) + 1), seen.isFolder, seen.bytes,
            seen.modified};
}

tl::unexpected<Error> notFound()
{
    return fail(ErrorKind::NotFound, FtpTree::tr("No such file or folder"));
}

tl::unexpected<Error> tooMany()
{
    return fail(ErrorKind::Full, FtpTree::tr("Too many folders"));
}

} // namespace

FtpTree::FtpTree(const QVector<catalog::FtpEntry> &entries, qint64 now)
{
    for (const catalog::FtpEntry &entry : entries)
        put(entry, now);
}

bool FtpTree::isBelow(const QString &path, const QString &folder)
{
    return path.startsWith(below(folder));
}

FtpTree::Nodes::const_iterator FtpTree::firstBelow(const QString &folder) const
{
    return m_nodes.lower_bound(below(folder));
}

bool FtpTree::isFolder(const QString &path) const
{
    if (path == kRoot)
        return true;
    const auto found = m_nodes.find(path);
    return found != m_nodes.end() && found->second.entry.isFolder;
}

const catalog::FtpEntry *FtpTree::file(const QString &path) const
{
    const auto found = m_nodes.find(path);
    if (found == m_nodes.end() || found->second.entry.isFolder)
        return nullptr;
    return &found->second.entry;
}

Result<QVector<ftp::Entry>> FtpTree::list(const QString &folder, const QString &after, qsizetype most) const
{
    if (!isFolder(folder))
        return notFound();
    QVector<ftp::Entry> out;
    const QString prefix = below(folder);
    const qsizetype start = prefix.size();
    auto it = after.isEmpty() ? m_nodes.lower_bound(prefix) : m_nodes.upper_bound(prefix + after);
    while (out.size() < most && it != m_nodes.end() && it->first.startsWith(prefix)) {
        const qsizetype slash = it->first.indexOf(QLatin1Char('/'), start);
        if (slash < 0) {
            out.append(entryOf(it->second.entry));
            ++it;
        } else {
            // Deeper: everything in that folder sorts before "folder0", '0' being the character after '/'.
            it = m_nodes.lower_bound(it->first.left(slash) + QLatin1Char('0'));
        }
    }
    return out;
}

Result<ftp::Entry> FtpTree::stat(const QString &path) const
{
    if (path == kRoot)
        return ftp::Entry{kRoot, true, 0, 0};
    const auto found = m_nodes.find(path);
    if (found == m_nodes.end())
        return notFound();
    return entryOf(found->second.entry);
}

Result<void> FtpTree::makeFolder(const QString &path, qint64 now)
{
    if (path == kRoot || m_nodes.count(path) != 0)
        return fail(ErrorKind::Invalid, FtpTree::tr("It already exists"));
    if (!isFolder(folderOf(path)))
        return notFound();
    if (m_folders >= m_bounds.folders || m_characters + path.size() > m_bounds.characters / 2)
        return tooMany();
    insert(path, Node{{path, true, 0, now, {}, {}, {}}, now});
    return {};
}

Result<void> FtpTree::removeFolder(const QString &path)
{
    if (path == kRoot || !isFolder(path))
        return notFound();
    const auto first = firstBelow(path);
    if (first != m_nodes.end() && isBelow(first->first, path))
        return fail(ErrorKind::Invalid, FtpTree::tr("The folder is not empty"));
    erase(m_nodes.find(path));
    return {};
}

void FtpTree::makeFoldersAbove(const QString &path, qint64 now)
{
    for (QString folder = folderOf(path); folder != kRoot; folder = folderOf(folder)) {
        if (const auto known = m_nodes.find(folder); known != m_nodes.end()) {
            known->second.seen = now;
            break;
        }
        insert(folder, Node{{folder, true, 0, now, {}, {}, {}}, now});
    }
}

FtpTree::Node &FtpTree::insert(const QString &path, Node node)
{
    const auto [at, isNew] = m_nodes.try_emplace(path);
    if (isNew)
        m_characters += path.size();
    m_folders += int(node.entry.isFolder) - int(!isNew && at->second.entry.isFolder);
    at->second = std::move(node);
    return at->second;
}

FtpTree::Nodes::iterator FtpTree::erase(Nodes::iterator node)
{
    m_characters -= node->first.size();
    m_folders -= int(node->second.entry.isFolder);
    return m_nodes.erase(node);
}

void FtpTree::keepWithinBounds()
{
    const auto isWithin = [this] {
        return size() <= m_bounds.entries && m_characters <= m_bounds.characters;
    };
    if (isWithin())
        return;
    // Half at once, so that the cost per new file stays low.
    std::vector<Nodes::iterator> files;
    for (auto it = m_nodes.begin(); it != m_nodes.end(); ++it) {
        if (!it->second.entry.isFolder)
            files.push_back(it);
    }
    const auto middle = files.begin() + std::ptrdiff_t(files.size() / 2);
    const auto age = [](Nodes::iterator file) {
        return std::tuple(file->second.seen, file->second.entry.modified, QStringView(file->first));
    };
    std::nth_element(files.begin(), middle, files.end(),
                     [&](Nodes::iterator a, Nodes::iterator b) { return age(a) < age(b); });
    const qint64 before = middle == files.end() ? 0 : (*middle)->second.seen;
    std::for_each(files.begin(), middle, [this](Nodes::iterator file) { erase(file); });
    forgetEmptyFolders(before);
    if (!isWithin())
        forgetEmptyFolders(std::numeric_limits<qint64>::max());
}

void FtpTree::put(const catalog::FtpEntry &entry, qint64 now)
{
    if (entry.path == kRoot)
        return;
    if (!entry.isFolder && isFolder(entry.path))
        return; // created while the file was being received: keep its content visible
    makeFoldersAbove(entry.path, now);
    insert(entry.path, Node{entry, now});
    keepWithinBounds();
}

Result<void> FtpTree::setModified(const QString &path, qint64 utcMs)
{
    const auto found = m_nodes.find(path);
    if (found == m_nodes.end())
        return notFound();
    found->second.entry.modified = utcMs;
    return {};
}

Result<void> FtpTree::remove(const QString &path)
{
    if (!file(path))
        return notFound();
    erase(m_nodes.find(path));
    return {};
}

Result<QVector<catalog::FtpMove>> FtpTree::rename(const QString &from, const QString &to)
{
    const auto source = m_nodes.find(from);
    if (source == m_nodes.end())
        return notFound();
    if (!isFolder(folderOf(to)))
        return notFound();
    const bool folder = source->second.entry.isFolder;
    if (isFolder(to) || (folder && (file(to) || isBelow(to, from))))
        return fail(ErrorKind::Invalid, FtpTree::tr("The new name already exists"));
    if (from == to)
        return QVector<catalog::FtpMove>();
    const auto first = firstBelow(from);
    auto last = first;
    qsizetype count = 1;
    for (; folder && last != m_nodes.end() && isBelow(last->first, from); ++last)
        ++count;
    if (to.size() > from.size() && m_characters + (to.size() - from.size()) * count > m_bounds.characters)
        return tooMany();
    std::vector<Node> moved{source->second};
    for (auto it = first; it != last; ++it)
        moved.push_back(it->second);
    for (const Node &node : moved)
        erase(m_nodes.find(node.entry.path));
    QVector<catalog::FtpMove> moves;
    moves.reserve(qsizetype(moved.size()));
    for (Node &node : moved) {
        const QString path = to + node.entry.path.mid(from.size());
        moves.append({std::exchange(node.entry.path, path), path});
        insert(path, std::move(node));
    }
    return moves;
}

void FtpTree::forget(qint64 before)
{
    for (auto it = m_nodes.begin(); it != m_nodes.end();)
        it = !it->second.entry.isFolder && it->second.seen < before ? erase(it) : std::next(it);
    forgetEmptyFolders(before);
}

void FtpTree::forgetEmptyFolders(qint64 before)
{
    // Deepest first, so that a folder is dropped together with the old folders in it.
    for (auto it = m_nodes.end(); it != m_nodes.begin();) {
        --it;
        if (!it->second.entry.isFolder || it->second.seen >= before)
            continue;
        const auto first = firstBelow(it->first);
        if (first == m_nodes.end() || !isBelow(first->first, it->first))
            it = erase(it);
    }
}

} // namespace gatehouse::ingest
