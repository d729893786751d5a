// The table of verbs: which function does what, and what it needs. Each commands_*.cpp brings a group.
#pragma once

#include "ftp/line_parser.h"
#include "ftp/path.h"

#include <optional>
#include <span>

namespace gatehouse::ftp
{

class Session;

struct Verb {
    const char *name;
    void (*run)(Session &session, const Command &command);
    bool needsLogIn = true;
    bool isSecret = false;       // its argument is never shown
    bool duringTransfer = false; // answered while a transfer runs
    bool followsRename = false;  // may come right after RNFR
};

// Null: not a verb of ours.
const Verb *findVerb(const QByteArray &name);
bool isAnsweredAtOnce(const Command &command);
// A browser or another program was led to this port (ALPACA); FTP has no such verbs.
bool isForeignProtocol(const Command &command);

std::span<const Verb> logInVerbs();
std::span<const Verb> securityVerbs();
std::span<const Verb> informationVerbs();
std::span<const Verb> folderVerbs();
std::span<const Verb> fileVerbs();
std::span<const Verb> dataVerbs();
std::span<const Verb> listingVerbs();
std::span<const Verb> transferVerbs();

// The path an argument names, or nothing after a 553 reply.
std::optional<QString> pathOf(Session &session, const QByteArray &argument);
// A path as this client reads it.
QByteArray shown(Session &session, const QString &text);

} // namespace gatehouse::ftp
