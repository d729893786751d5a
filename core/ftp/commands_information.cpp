// NOOP, SYST, FEAT, OPTS, HELP, STAT, SITE, TYPE, MODE, STRU, ALLO: the server's features and parameters. RFC
// 959 4.1, RFC 1123 4.1, RFC 2389, RFC 3659 7.9.
#include "ftp/listing.h"
#include "ftp/reply.h"
#include "ftp/session.h"
#include "ftp/verbs.h"

#include <array>

namespace gatehouse::ftp
{

namespace
{
constexpr qsizetype kMaxStatLines = 200;

QByteArray upperArgument(const Command &command)
{
    return command.argument.trimmed().toUpper();
}

void doNoop(Session &session, const Command &)
{
    session.reply(200, "OK.");
}

void doSyst(Session &session, const Command &)
{
    session.reply(215, "UNIX Type: L8");
}

void doFeat(Session &session, const Command &)
{
    QList<QByteArray> lines;
    if (session.host().tls)
        lines = {"AUTH TLS", "PBSZ", "PROT"};
    // RFC 3659 7.8: an asterisk marks each fact that is sent.
    const FactChoice &facts = session.state().facts;
    const auto fact = [](const char *name, bool isSent) { return QByteArray(name) + (isSent ? "*;" : ";"); };
    const QByteArray mlst =
        "MLST " + fact("type", facts.type) + fact("size", facts.size) + fact("modify", facts.modify);
    lines.append({"EPRT", "EPSV", "MDTM", "MFMT", mlst, "REST STREAM", "SIZE", "TVFS", "UTF8"});
    session.replyRaw(replyLines(211, "Features:", lines, "End"));
}

void doOpts(Session &session, const Command &command)
{
    const QByteArray options = upperArgument(command);
    // Names come back as they were written, whichever it is.
    if (options.startsWith("UTF8") || options.startsWith("UTF-8"))
        return session.reply(200, "OK.");
    if (!options.startsWith("MLST"))
        return session.reply(501, "Unknown option.");
    FactChoice facts{false, false, false};
    QByteArray shownFacts;
    for (const QByteArray &fact : options.mid(5).split(';')) {
        if (fact == "TYPE")
            facts.type = true;
        else if (fact == "SIZE")
            facts.size = true;
        else if (fact == "MODIFY")
            facts.modify = true;
        else
            continue;
        shownFacts += fact.toLower() + ';';
    }
    session.state().facts = facts;
    const QByteArray text = "MLST OPTS " + shownFacts;
    session.reply(200, text);
}

void doHelp(Session &session, const Command &)
{
    session.reply(214, "Upload-only server: USER PASS TYPE CWD MKD PASV EPSV PORT STOR APPE LIST QUIT.");
}

void doStat(Session &session, const Command &command)
{
    if (session.isTransferring())
        return session.reply(211, "A transfer is in progress.");
    if (command.argument.trimmed().isEmpty() || !session.isLoggedIn())
        return session.reply(211, "Gatehouse FTP server status OK.");
    const auto path = pathOf(session, command.argument);
    if (!path)
        return;
    auto &state = session.state();
    auto entries = session.host().backend.list(state.account, *path, {}, kMaxStatLines + 1);
    if (!entries) {
        const auto entry = session.host().backend.stat(state.account, *path);
        if (!entry)
            return session.reply(550, "No such file or folder.");
        entries = QVector<Entry>{*entry};
    }
    QList<QByteArray> lines;
    for (qsizetype i = 0; i < std::min(entries->size(), kMaxStatLines); ++i) {
        QByteArray line;
        appendEntry(line, entries->at(i), ListingStyle::Long, session.host().clock.now());
        line.chop(2);
        lines.append(line);
    }
    session.replyRaw(
        replyLines(213, "Status:", lines, entries->size() > kMaxStatLines ? "Use LIST for details." : "End"));
}

void doSite(Session &session, const Command &command)
{
    const QByteArray site = upperArgument(command);
    if (site.startsWith("CHMOD") || site.startsWith("UMASK") || site.startsWith("IDLE"))
        return session.reply(200, "OK."); // a no-op, but no reason to fail a camera
    if (site.startsWith("HELP"))
        return session.reply(214, "CHMOD UMASK IDLE");
    session.reply(504, "Unknown SITE command.");
}

// Bytes are stored as received, whatever the type (RFC 959's ASCII would corrupt pictures).
void doType(Session &session, const Command &command)
{
    const QByteArray type = upperArgument(command);
    if (type == "A" || type == "A N" || type == "I" || type == "L 8" || type == "L8")
        return session.reply(200, "OK.");
    session.reply(504, "Only types A and I are supported.");
}

void doMode(Session &session, const Command &command)
{
    upperArgument(command) == "S" ? session.reply(200, "OK.")
                                  : session.reply(504, "Only mode S is supported.");
}

void doStru(Session &session, const Command &command)
{
    upperArgument(command) == "F" ? session.reply(200, "OK.")
                                  : session.reply(504, "Only structure F is supported.");
}

// 202 would be correct, too, but makes a Dahua camera disconnect and retry forever.
void doAllo(Session &session, const Command &)
{
    session.reply(200, "OK.");
}

constexpr std::array kInformationGroup = {
    Verb{"NOOP", doNoop, false, false, true},
    Verb{"SYST", doSyst, false},
    Verb{"FEAT", doFeat, false},
    Verb{"OPTS", doOpts, false},
    Verb{"HELP", doHelp, false},
    Verb{"STAT", doStat, false, false, true},
    Verb{"SITE", doSite},
    Verb{"TYPE", doType},
    Verb{"MODE", doMode},
    Verb{"STRU", doStru},
    Verb{"ALLO", doAllo},
};
} // namespace

std::span<const Verb> informationVerbs()
{
    return kInformationGroup;
}

} // namespace gatehouse::ftp
