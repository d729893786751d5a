#include "ftp/verbs.h"

#include "ftp/filename_codec.h"
#include "ftp/session.h"

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
    const DecodedName name = decodeName(argument);
    if (!name.wasUtf8)
        session.state().asUtf8 = false;
    auto path = resolvePath(session.state().folder, name.text);
    if (!path) {
        session.reply(553, path.error().text.toUtf8());
        return std::nullopt;
    }
    return std::move(*path);
}

QByteArray shown(Session &session, const QString &text)
{
    return encodeName(text, session.state().asUtf8);
}

} // namespace gatehouse::ftp
