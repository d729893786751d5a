// Converts the receiver's settings for the FTP server. Values: any thread.
#pragma once

#include "ftp/tls_rules.h"
#include "settings/settings.h"

namespace gatehouse::app
{

// The settings contain only existing versions.
ftp::TlsRules tlsRulesOf(const settings::Receiver &receiver);

} // namespace gatehouse::app
