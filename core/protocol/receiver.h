// Commands to the receiver, and its notifications: connections, logins, the PC's addresses. Values: any
// thread.
#pragma once

#include "base/limits.h"
#include "protocol/codec.h"

#include <array>

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

enum class RefusalCause { Password, NotEncrypted, OldTls, OwnTrouble };

constexpr auto namesOf(RefusalCause)
{
    return std::array{QLatin1String("password"), QLatin1String("not_encrypted"), QLatin1String("old_tls"),
                      QLatin1String("own_trouble")};
}

struct LogInRefused {
    QString user; // empty: refused before USER
    QString peer; // address
    QString reason;
    RefusalCause cause = RefusalCause::Password;

    static constexpr QLatin1String kName{"refused"};
    static constexpr auto fields()
    {
        return std::tuple{field("user", &LogInRefused::user), field("peer", &LogInRefused::peer),
                          field("reason", &LogInRefused::reason), field("cause", &LogInRefused::cause)};
    }
};

// A camera logs in, but its data connections fail.
struct DataUnreached {
    QString user;
    QString peer; // address

    static constexpr QLatin1String kName{"unreached"};
    static constexpr auto fields()
    {
        return std::tuple{field("user", &DataUnreached::user), field("peer", &DataUnreached::peer)};
    }
};

// They work again.
struct DataReached {
    QString user;

    static constexpr QLatin1String kName{"reached"};
    static constexpr auto fields() { return std::tuple{field("user", &DataReached::user)}; }
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
