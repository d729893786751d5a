// LIST, NLST, MLSD, MLST: the camera's files and folders. RFC 959 4.1.3, RFC 3659 7.
#include "base/byte_name.h"
#include "ftp/glob.h"
#include "ftp/listing_transfer.h"
#include "ftp/reply.h"
#include "ftp/session.h"
#include "ftp/verbs.h"

#include <array>

namespace gatehouse::ftp
{

namespace
{
// Clients send ls options: "LIST -la folder".
QByteArray withoutOptions(QByteArray argument)
{
    while (argument.startsWith('-')) {
        const qsizetype blank = argument.indexOf(' ');
        argument = blank < 0 ? QByteArray() : argument.mid(blank + 1);
    }
    return argument.trimmed().isEmpty() ? QByteArray() : argument;
}

void listWith(Session &session, const QByteArray &argument, ListingStyle style)
{
    const auto path = pathOf(session, argument);
    if (!path)
        return;
    auto &state = session.state();
    const auto statOf = [&](const QString &what) {
        return what == QLatin1String("/") ? Result<Entry>(Entry{what, true, 0, 0})
                                          : session.host().backend.stat(state.account, what);
    };
    ListingRequest request;
    request.account = state.account;
    request.folder = *path;
    request.style = style;
    request.facts = state.facts;
    state.restart = 0;

    auto found = statOf(*path);
    if (found && !found->isFolder) {
        if (style == ListingStyle::Facts)
            return session.reply(501, "MLSD requires a folder.");
        request.file = std::move(*found);
    } else if (!found) {
        request.folder = folderOfPath(*path);
        request.glob = nameOfPath(*path);
        const auto above = statOf(request.folder);
        if (style == ListingStyle::Facts || !isGlob(request.glob) || !above || !above->isFolder)
            return session.reply(550, "No such file or folder.");
    }
    session.startTransfer(std::make_shared<ListingTransfer>(session.host(), session, std::move(request)));
}

void doList(Session &session, const Command &command)
{
    listWith(session, withoutOptions(command.argument), ListingStyle::Long);
}

void doNlst(Session &session, const Command &command)
{
    listWith(session, withoutOptions(command.argument), ListingStyle::Names);
}

void doMlsd(Session &session, const Command &command)
{
    listWith(session, command.argument, ListingStyle::Facts);
}

void doMlst(Session &session, const Command &command)
{
    const auto path = pathOf(session, command.argument);
    if (!path)
        return;
    auto &state = session.state();
    Entry entry{QString(), true, 0, session.host().clock.now()};
    if (*path != QLatin1String("/")) {
        auto found = session.host().backend.stat(state.account, *path);
        if (!found)
            return session.reply(550, "No such file or folder.");
        entry = std::move(*found);
    }
    session.replyRaw(replyLines(250, "Facts:", {factLine(entry, bytesOfName(*path), state.facts)}, "End"));
}

constexpr std::array kListingGroup = {
    Verb{"LIST", doList},
    Verb{"NLST", doNlst},
    Verb{"MLSD", doMlsd},
    Verb{"MLST", doMlst},
};
} // namespace

std::span<const Verb> listingVerbs()
{
    return kListingGroup;
}

} // namespace gatehouse::ftp
