// REST, STOR, APPE, STOU, ABOR, RETR: uploads. RFC 959 4.1.3, RFC 1123 4.1.2.9, RFC 3659 5.
#include "base/byte_name.h"
#include "ftp/reply.h"
#include "ftp/session.h"
#include "ftp/upload_transfer.h"
#include "ftp/verbs.h"

#include <QCoreApplication>
#include <QRandomGenerator>
#include <algorithm>
#include <array>

namespace gatehouse::ftp
{

namespace
{
constexpr int kUniqueTries = 100;

// Why a file of that name cannot be stored; null: it can.
const char *obstacleTo(Session &session, const QString &path)
{
    const auto found = [&](const QString &at) {
        return session.host().backend.stat(session.state().account, at);
    };
    const auto same = found(path);
    if (path == QLatin1String("/") || (same && same->isFolder))
        return QT_TRANSLATE_NOOP("ftp", "a folder has that name");
    for (QString folder = folderOfPath(path); folder != QLatin1String("/"); folder = folderOfPath(folder)) {
        if (const auto above = found(folder))
            return above->isFolder ? nullptr : QT_TRANSLATE_NOOP("ftp", "a file has the name of its folder");
    }
    return nullptr;
}

// "4k7f2m8p": digits and letters take turns, so that nothing takes it for a number, a time or a camera's
// name.
QString randomPart()
{
    constexpr int pairs = 4;
    QString out;
    for (int i = 0; i < pairs; ++i) {
        out += QLatin1Char(char('0' + QRandomGenerator::global()->bounded(10)));
        out += QLatin1Char(char('a' + QRandomGenerator::global()->bounded(26)));
    }
    return out;
}

// Where the extension begins; the size of the path if it has none, as "/a/2026-11-30 08.15.30".
qsizetype extensionOf(const QString &path)
{
    constexpr qsizetype maxExtension = 6;
    const qsizetype dot = path.lastIndexOf(QLatin1Char('.'));
    const QStringView extension = QStringView(path).mid(dot + 1);
    const bool isExtension = dot > path.lastIndexOf(QLatin1Char('/')) + 1 &&
                             extension.size() <= maxExtension &&
                             std::any_of(extension.cbegin(), extension.cend(),
                                         [](QChar c) { return c.unicode() < 0x80 && c.isLetter(); });
    return isExtension ? dot : path.size();
}

// "/a/snap.jpg" -> "/a/snap-4k7f2m8p.jpg": keeps the extension, which gives the type.
QString uniqueName(const QString &path)
{
    return QString(path).insert(extensionOf(path), QLatin1Char('-') + randomPart());
}

void upload(Session &session, const QString &path, StoreMode mode, QByteArray opening)
{
    auto &state = session.state();
    const qint64 restart = std::exchange(state.restart, 0);
    if (const char *obstacle = obstacleTo(session, path))
        return refuseName(session, path, Stored::File, obstacle);
    UploadRequest request;
    request.account = state.account;
    request.path = path;
    request.mode = mode;
    request.offset = mode == StoreMode::Replace ? restart : 0;
    request.peer = session.peer();
    session.startTransfer(std::make_shared<UploadTransfer>(session.host(), session, std::move(request),
                                                           state.user, std::move(opening)));
}

void storeAs(Session &session, const Command &command, StoreMode mode)
{
    if (command.argument.trimmed().isEmpty())
        return session.reply(501, "Name missing.");
    if (const auto path = newPathOf(session, command.argument, Stored::File))
        upload(session, *path, mode, QByteArrayLiteral("Ready to receive."));
}

void doStor(Session &session, const Command &command)
{
    storeAs(session, command, StoreMode::Replace);
}

void doAppe(Session &session, const Command &command)
{
    storeAs(session, command, StoreMode::Append);
}

// RFC 1123 4.1.2.9: "150 FILE: name" reports the name.
void doStou(Session &session, const Command &command)
{
    const QByteArray file =
        command.argument.trimmed().isEmpty() ? QByteArrayLiteral("upload") : command.argument;
    const auto path = newPathOf(session, file, Stored::File);
    if (!path)
        return;
    QString unique = *path;
    for (int i = 0; i < kUniqueTries && session.host().backend.stat(session.state().account, unique); ++i)
        unique = uniqueName(*path);
    upload(session, unique, StoreMode::Unique, "FILE: " + bytesOfName(nameOfPath(unique)));
}

void doRest(Session &session, const Command &command)
{
    bool isNumber = false;
    const qint64 offset = command.argument.trimmed().toLongLong(&isNumber);
    if (!isNumber || offset < 0 || offset > session.host().options.limits.fileBytes)
        return session.reply(501, "REST requires a byte count.");
    session.state().restart = offset;
    const QByteArray text = "Restarting at " + QByteArray::number(offset) + '.';
    session.reply(350, text);
}

void doAbor(Session &session, const Command &)
{
    session.abortTransfer();
}

// FTP never serves evidence, not even to the camera that sent it.
void doRetr(Session &session, const Command &)
{
    session.reply(550, "Downloads are not allowed.");
}

constexpr std::array kTransferGroup = {
    Verb{"STOR", doStor}, Verb{"APPE", doAppe}, Verb{"STOU", doStou},
    Verb{"REST", doRest}, Verb{"RETR", doRetr}, Verb{"ABOR", doAbor, true, false, true},
};
} // namespace

std::span<const Verb> transferVerbs()
{
    return kTransferGroup;
}

} // namespace gatehouse::ftp
