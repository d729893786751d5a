// The receiver's settings as the FTP server takes them. Values: any thread.
#pragma once

#include "ftp/tls_rules.h"
#include "settings/settings.h"

namespace gatehouse::app
{

// The settings hold no other versions than there are.
ftp::TlsRules tlsRulesOf(const settings::Receiver &receiver);

} // namespace gatehouse::app
