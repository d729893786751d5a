// PWD, CWD, CDUP, MKD, RMD and their X forms: the camera's folders. RFC 959 4.1.3 and appendix II, RFC 775.
#include "base/byte_name.h"
#include "ftp/reply.h"
#include "ftp/session.h"
#include "ftp/verbs.h"

#include <array>

namespace gatehouse::ftp
{

namespace
{
void replyPath(Session &session, const QString &path, const char *text)
{
    const QByteArray line = bytesOfName(quotedPath(path)) + text;
    session.replyWhole(257, line);
}

void doPwd(Session &session, const Command &)
{
    replyPath(session, session.state().folder, " is the current folder.");
}

void enter(Session &session, const QString &path)
{
    auto &state = session.state();
    if (path != QLatin1String("/")) {
        const auto entry = session.host().backend.stat(state.account, path);
        if (!entry || !entry->isFolder)
            return session.reply(550, "No such folder.");
    }
    state.folder = path;
    session.reply(250, "OK.");
}

void doCwd(Session &session, const Command &command)
{
    // An ESP32 library sends an empty CWD when no folder is set, and gives up unless the reply is 250.
    if (const auto path =
            pathOf(session, command.argument.trimmed().isEmpty() ? QByteArray() : command.argument))
        enter(session, *path);
}

void doCdup(Session &session, const Command &)
{
    enter(session, folderOfPath(session.state().folder));
}

void doMkd(Session &session, const Command &command)
{
    if (command.argument.trimmed().isEmpty())
        return session.reply(501, "Folder name missing.");
    const auto path = newPathOf(session, command.argument, Stored::Folder);
    if (!path)
        return;
    if (*path == QLatin1String("/"))
        return session.reply(550, "Already exists.");
    const auto made = session.host().backend.makeFolder(session.state().account, *path);
    if (made)
        return replyPath(session, *path, " created.");
    const bool exists = made.error().kind == ErrorKind::Invalid;
    session.reply(replyCode(made.error()), exists ? QByteArrayLiteral("Already exists.")
                                                  : replyText(made.error(), "Can't create folder."));
}

void doRmd(Session &session, const Command &command)
{
    if (command.argument.trimmed().isEmpty())
        return session.reply(501, "Folder name missing.");
    const auto path = pathOf(session, command.argument);
    if (!path)
        return;
    const auto removed = session.host().backend.removeFolder(session.state().account, *path);
    if (removed)
        return session.reply(250, "Removed.");
    session.reply(replyCode(removed.error()), replyText(removed.error(), "Can't remove."));
}

constexpr std::array kFolderGroup = {
    Verb{"PWD", doPwd},   Verb{"XPWD", doPwd}, Verb{"CWD", doCwd},  Verb{"XCWD", doCwd}, Verb{"CDUP", doCdup},
    Verb{"XCUP", doCdup}, Verb{"MKD", doMkd},  Verb{"XMKD", doMkd}, Verb{"RMD", doRmd},  Verb{"XRMD", doRmd},
};
} // namespace

std::span<const Verb> folderVerbs()
{
    return kFolderGroup;
}

} // namespace gatehouse::ftp
