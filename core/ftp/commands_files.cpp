// SIZE, MDTM, MFMT, DELE, RNFR, RNTO: files the camera sees. RFC 959 4.1.3, RFC 3659 2 to 4.
#include "base/byte_name.h"
#include "ftp/listing.h"
#include "ftp/reply.h"
#include "ftp/session.h"
#include "ftp/verbs.h"

#include <array>

namespace gatehouse::ftp
{

namespace
{
void replyNameMissing(Session &session)
{
    session.reply(501, "File name missing.");
}

std::optional<QString> fileArgument(Session &session, const QByteArray &argument)
{
    if (!argument.trimmed().isEmpty())
        return pathOf(session, argument);
    replyNameMissing(session);
    return std::nullopt;
}

// Replies 213 with `fact` of the file, once the bytes of a cut upload are recorded: a camera that was
// disconnected asks at once how much has arrived.
void replyFact(Session &session, const QByteArray &argument, QByteArray (*fact)(const Entry &))
{
    const auto path = fileArgument(session, argument);
    if (!path)
        return;
    session.await<Entry>(session.host().backend.statWhenWritten(session.state().account, *path),
                         [fact](Session &late, const Result<Entry> &entry) {
                             if (entry && !entry->isFolder)
                                 late.reply(213, fact(*entry));
                             else
                                 late.reply(550, "No such file.");
                             late.resume();
                         });
}

void replyDone(Session &session, const Result<void> &result, QByteArrayView done)
{
    if (result)
        session.reply(250, done);
    else
        session.reply(replyCode(result.error()), replyText(result.error(), "Command failed."));
    session.resume();
}

void doSize(Session &session, const Command &command)
{
    replyFact(session, command.argument, [](const Entry &entry) { return QByteArray::number(entry.bytes); });
}

void doMdtm(Session &session, const Command &command)
{
    replyFact(session, command.argument, [](const Entry &entry) { return timeValue(entry.modified); });
}

void doMfmt(Session &session, const Command &command)
{
    const qsizetype blank = command.argument.indexOf(' ');
    const auto time = fromTimeValue(command.argument.left(blank));
    if (blank < 0 || !time)
        return session.reply(501, "MFMT YYYYMMDDHHMMSS name");
    const QByteArray name = command.argument.mid(blank + 1);
    const auto path = fileArgument(session, name);
    if (!path)
        return;
    const auto set = session.host().backend.setModified(session.state().account, *path, *time);
    if (!set)
        return session.reply(550, replyText(set.error(), "Command failed."));
    const QByteArray text = "Modify=" + timeValue(*time) + "; " + bytesOfName(*path);
    session.replyWhole(213, text);
}

void doDele(Session &session, const Command &command)
{
    const auto path = fileArgument(session, command.argument);
    if (!path)
        return;
    session.await<void>(
        session.host().backend.remove(session.state().account, *path),
        [](Session &late, const Result<void> &result) { replyDone(late, result, "Deleted."); });
}

void doRnfr(Session &session, const Command &command)
{
    const auto path = fileArgument(session, command.argument);
    if (!path)
        return;
    if (!session.host().backend.stat(session.state().account, *path))
        return session.reply(550, "No such file or folder.");
    session.state().renameFrom = *path;
    session.reply(350, "Ready for RNTO.");
}

void doRnto(Session &session, const Command &command)
{
    const QString from = std::exchange(session.state().renameFrom, {});
    if (from.isEmpty())
        return session.reply(503, "Use RNFR first.");
    if (command.argument.trimmed().isEmpty())
        return replyNameMissing(session);
    const auto to = newPathOf(session, command.argument, Stored::File);
    if (!to)
        return;
    session.await<void>(session.host().backend.rename(session.state().account, from, *to),
                        [to = *to](Session &late, const Result<void> &result) {
                            if (result)
                                late.host().notifyNameKept(late.state().user, to);
                            replyDone(late, result, "Renamed.");
                        });
}

constexpr std::array kFileGroup = {
    Verb{"SIZE", doSize}, Verb{"MDTM", doMdtm}, Verb{"MFMT", doMfmt},
    Verb{"DELE", doDele}, Verb{"RNFR", doRnfr}, Verb{"RNTO", doRnto, true, false, false, true},
};
} // namespace

std::span<const Verb> fileVerbs()
{
    return kFileGroup;
}

} // namespace gatehouse::ftp
