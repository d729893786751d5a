// The table of verbs: the function that runs each, and its preconditions. Each commands_*.cpp adds a group.
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
    bool isSecret = false;       // its argument is never logged
    bool duringTransfer = false; // allowed during a transfer
    bool followsRename = false;  // allowed right after RNFR
};

// Null: unknown verb.
const Verb *findVerb(const QByteArray &name);
bool isAnsweredAtOnce(const Command &command);
// A browser or another program was redirected to this port (ALPACA); FTP has no such verbs.
bool isForeignProtocol(const Command &command);

std::span<const Verb> logInVerbs();
std::span<const Verb> securityVerbs();
std::span<const Verb> informationVerbs();
std::span<const Verb> folderVerbs();
std::span<const Verb> fileVerbs();
std::span<const Verb> dataVerbs();
std::span<const Verb> listingVerbs();
std::span<const Verb> transferVerbs();

// The path that the argument names, or nothing after replying 553.
std::optional<QString> pathOf(Session &session, const QByteArray &argument);
// The same, for something to be stored under it: the refusal is a fault, too.
enum class Stored { File, Folder };
std::optional<QString> newPathOf(Session &session, const QByteArray &argument, Stored what);
// Replies 553 and reports the fault. reason: such as "it is too long", translated for the person.
void refuseName(Session &session, const QString &path, Stored what, const char *reason);

} // namespace gatehouse::ftp
