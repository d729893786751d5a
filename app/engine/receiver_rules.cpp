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

} // namespace gatehouse::app
