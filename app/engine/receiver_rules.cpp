#include "app/engine/receiver_rules.h"

namespace gatehouse::app
{

ftp::TlsRules tlsRulesOf(const settings::Receiver &receiver)
{
    ftp::TlsRules out;
    out.least = ftp::versionFrom(receiver.minTls).value_or(out.least);
    for (auto it = receiver.tlsRules.begin(); it != receiver.tlsRules.end(); ++it)
        out.users.insert(it.key(), {it->isRequired, ftp::versionFrom(it->least)});
    return out;
}

// Whether anonymous log-ins are taken is asked of the backend each time, and the rules on TLS can be changed.
bool needsNewServer(settings::Receiver before, const settings::Receiver &now)
{
    before.anonymous = now.anonymous;
    before.minTls = now.minTls;
    before.tlsRules = now.tlsRules;
    return before != now;
}

} // namespace gatehouse::app
