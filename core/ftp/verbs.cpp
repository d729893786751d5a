#include "ftp/verbs.h"

#include "base/byte_name.h"
#include "ftp/session.h"

#include <QCoreApplication>
#include <QHash>
#include <algorithm>
#include <array>

namespace gatehouse::ftp
{

namespace
{
QHash<QByteArray, Verb> collectVerbs()
{
    QHash<QByteArray, Verb> all;
    for (const auto group : {logInVerbs(), securityVerbs(), informationVerbs(), folderVerbs(), fileVerbs(),
                             dataVerbs(), listingVerbs(), transferVerbs()}) {
        for (const Verb &verb : group)
            all.insert(verb.name, verb);
    }
    return all;
}

void replyNameRefused(Session &session, const QByteArray &reason)
{
    const QByteArray text = "Can't use that name: " + reason + '.';
    session.reply(553, text);
}
} // namespace

const Verb *findVerb(const QByteArray &name)
{
    static const QHash<QByteArray, Verb> all = collectVerbs();
    const auto found = all.constFind(name);
    return found == all.cend() ? nullptr : &*found;
}

bool isAnsweredAtOnce(const Command &command)
{
    const Verb *verb = findVerb(command.verb);
    return verb != nullptr && verb->duringTransfer && command.argument.trimmed().isEmpty();
}

bool isForeignProtocol(const Command &command)
{
    static constexpr std::array foreign = {"GET",   "POST",  "PUT",     "HEAD", "OPTIONS", "DELETE",
                                           "PATCH", "TRACE", "CONNECT", "EHLO", "HELO"};
    return std::any_of(foreign.begin(), foreign.end(),
                       [&command](const char *verb) { return command.verb == verb; });
}

std::optional<QString> pathOf(Session &session, const QByteArray &argument)
{
    auto path = resolvePath(session.state().folder, nameFromBytes(argument));
    if (!path) {
        replyNameRefused(session, path.error().text.toUtf8());
        return std::nullopt;
    }
    return std::move(*path);
}

std::optional<QString> newPathOf(Session &session, const QByteArray &argument, Stored what)
{
    auto path = resolvePath(session.state().folder, nameFromBytes(argument));
    if (!path) {
        refuseName(session, nameFromBytes(argument), what, path.error().text.toUtf8().constData());
        return std::nullopt;
    }
    return std::move(*path);
}

void refuseName(Session &session, const QString &path, Stored what, const char *reason)
{
    session.host().notifyFileRefused({FaultKind::NameRefused, session.state().user, session.peer(),
                                      QCoreApplication::translate("ftp", reason)},
                                     what == Stored::File ? path : QString());
    replyNameRefused(session, reason);
}

} // namespace gatehouse::ftp
