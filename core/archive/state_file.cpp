#include "archive/state_file.h"

#include "archive/archive_id.h"
#include "archive/layout.h"
#include "base/messages.h"

#include <QCryptographicHash>
#include <array>
#include <optional>

namespace gatehouse::archive
{

namespace
{

constexpr qint64 kMaxStateBytes = qint64(256) << 20;

QString folderOf(const QString &root)
{
    return root + QLatin1Char('/') + kJournalName;
}

QString pathOf(const QString &root, const QString &part)
{
    return folderOf(root) + QStringLiteral("/state.%1.json").arg(part);
}

struct CopySlot {
    QString path;
    qint64 sequence = 0; // 0: missing or damaged
    QByteArray state;
    std::optional<Error> error; // what is wrong with it
};

QByteArray sumOf(const QByteArray &sequence, const QByteArray &state)
{
    return QCryptographicHash::hash(sequence + '\n' + state, QCryptographicHash::Sha256).toHex();
}

CopySlot readSlot(FileSystem &files, const QString &path)
{
    CopySlot slot{path, 0, {}, {}};
    const auto stat = files.stat(path);
    const auto read =
        stat ? files.read(path, 0, std::min(stat->bytes, kMaxStateBytes)) : tl::unexpected(stat.error());
    if (!read) {
        slot.error = read.error();
        return slot;
    }
    const qsizetype end = read->indexOf('\n');
    const QList<QByteArray> head = read->left(end).split(' ');
    const QByteArray state = read->mid(end + 1);
    if (end > 0 && head.size() == 2 && head[0] == sumOf(head[1], state)) {
        slot.sequence = head[1].toLongLong();
        slot.state = state;
    } else {
        slot.error =
            Error{ErrorKind::Corrupt, Messages::tr("%1 is damaged.").arg(path), QStringLiteral("archive")};
    }
    return slot;
}

// The newest one last.
std::array<CopySlot, 2> readSlots(FileSystem &files, const QString &root)
{
    const CopySlot first = readSlot(files, pathOf(root, QStringLiteral("1")));
    const CopySlot second = readSlot(files, pathOf(root, QStringLiteral("2")));
    if (first.sequence > second.sequence)
        return {second, first};
    return {first, second};
}

} // namespace

Result<void> writeStateFile(FileSystem &files, const QString &root, const QString &archiveId,
                            const QByteArray &state)
{
    const auto identity = readArchiveId(files, root);
    if (!identity)
        return tl::unexpected(identity.error());
    if (identity->id != archiveId)
        return fail(ErrorKind::Unavailable,
                    Messages::tr("The disk of another archive is mounted at %1.").arg(root),
                    QStringLiteral("archive"));
    const auto known = readSlots(files, root);
    const QString fresh = pathOf(root, QStringLiteral("new"));
    static_cast<void>(files.remove(fresh)); // left by a crash
    const auto fd = files.create(fresh);
    if (!fd)
        return tl::unexpected(fd.error());
    const QByteArray sequence = QByteArray::number(known[1].sequence + 1);
    const auto written =
        files.write(*fd, sumOf(sequence, state) + ' ' + sequence + '\n' + state).and_then([&] {
            return files.sync(*fd);
        });
    files.close(*fd);
    if (!written) {
        static_cast<void>(files.remove(fresh)); // frees space on a full disk
        return written;
    }
    return files.replace(fresh, known[0].path).and_then([&] { return files.syncFolder(folderOf(root)); });
}

Result<QByteArray> readStateFile(FileSystem &files, const QString &root)
{
    const auto known = readSlots(files, root);
    if (known[1].sequence > 0)
        return known[1].state;
    for (const CopySlot &slot : known) {
        if (slot.error && slot.error->kind != ErrorKind::NotFound)
            return tl::unexpected(*slot.error);
    }
    return fail(ErrorKind::NotFound, QString(), QStringLiteral("archive"));
}

} // namespace gatehouse::archive
