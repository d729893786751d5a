// Commands to the receiver, and its notifications: connections, logins, the PC's addresses. Values: any
// thread.
#pragma once

#include "base/limits.h"
#include "protocol/codec.h"

namespace gatehouse::protocol
{

struct PauseReceiver {
    int minutes = 60;

    static constexpr QLatin1String kName{"receiver.pause"};
    using Reply = Nothing;
    static constexpr auto fields()
    {
        return std::tuple{field("minutes", &PauseReceiver::minutes).within(1, limits::kMaxPauseMinutes)};
    }
};

struct ResumeReceiver {
    static constexpr QLatin1String kName{"receiver.resume"};
    using Reply = Nothing;
    static constexpr auto fields() { return std::tuple{}; }
};

// --- notifications

// A client has connected and received the greeting; it has not logged in.
struct DialogueOpened {
    QString peer; // address

    static constexpr QLatin1String kName{"dialogue"};
    static constexpr auto fields() { return std::tuple{field("peer", &DialogueOpened::peer)}; }
};

struct LoggedIn {
    AccountId account;
    QString peer; // address

    static constexpr QLatin1String kName{"login"};
    static constexpr auto fields()
    {
        return std::tuple{field("account", &LoggedIn::account), field("peer", &LoggedIn::peer)};
    }
};

struct AddressesChanged {
    QVector<QString> addresses;
    QVector<QString> previous;

    static constexpr QLatin1String kName{"address"};
    static constexpr auto fields()
    {
        return std::tuple{field("addresses", &AddressesChanged::addresses),
                          field("previous", &AddressesChanged::previous)};
    }
};

} // namespace gatehouse::protocol
