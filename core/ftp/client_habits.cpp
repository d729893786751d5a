#include "ftp/client_habits.h"

#include "ftp/throttle.h"

namespace gatehouse::ftp
{

namespace
{
constexpr int kUnusedPorts = 3;
constexpr int kEmptyFiles = 3;
constexpr int kProbes = 3;
constexpr qsizetype kMaxAddresses = 4096;

// Whose end is reported here; a login ends the others.
bool isAfterLogIn(FaultKind kind)
{
    return kind >= FaultKind::NoPassiveData;
}

// In lower case, with its dot or "."; null for a null path: any.
QString extensionOf(const QString &path)
{
    if (path.isNull())
        return {};
    const QString name = path.mid(path.lastIndexOf(QLatin1Char('/')) + 1);
    const qsizetype dot = name.lastIndexOf(QLatin1Char('.'));
    return QLatin1Char('.') + (dot < 0 ? QString() : name.mid(dot + 1).toLower());
}
} // namespace

void ClientHabits::open(const Fault &fault)
{
    m_users[fault.user].open.insert(fault.kind);
    m_seen(fault);
}

void ClientHabits::close(const QString &user, FaultKind kind)
{
    const auto known = m_users.find(user);
    if (known != m_users.end() && known->open.remove(kind))
        m_over(user, kind);
}

void ClientHabits::notifyFault(const Fault &fault)
{
    isAfterLogIn(fault.kind) ? open(fault) : m_seen(fault);
}

void ClientHabits::notifyNoLogIn(const QHostAddress &peer, bool isProbe)
{
    if (m_addresses.size() >= kMaxAddresses)
        m_addresses.clear();
    Address &address = m_addresses[addressKey(peer)];
    // A camera may look whether anyone is there before it logs in, or now and then.
    if (isProbe && (address.hasLoggedIn || ++address.probes < kProbes))
        return;
    m_seen({FaultKind::NoLogIn, {}, peer});
}

void ClientHabits::notifyLoggedIn(const QHostAddress &peer)
{
    if (m_addresses.size() >= kMaxAddresses)
        m_addresses.clear();
    m_addresses.insert(addressKey(peer), {0, true});
}

void ClientHabits::notifyPassiveUnused(const Fault &fault, bool isCertain)
{
    User &user = m_users[fault.user];
    if (!isCertain && ++user.unusedPorts < kUnusedPorts)
        return;
    user.unusedPorts = 0;
    open(fault);
}

void ClientHabits::notifyDataLinked(const QString &user)
{
    const auto known = m_users.find(user);
    if (known == m_users.end())
        return;
    known->unusedPorts = 0;
    for (const FaultKind kind : {FaultKind::NoPassiveData, FaultKind::NoActiveData, FaultKind::PortRefused})
        close(user, kind);
}

void ClientHabits::notifyUploadEnded(const QString &user, const QHostAddress &peer, bool isEmpty)
{
    if (!isEmpty) {
        if (const auto known = m_users.find(user); known != m_users.end())
            known->emptyFiles = 0;
        return close(user, FaultKind::EmptyFiles);
    }
    if (++m_users[user].emptyFiles >= kEmptyFiles)
        open({FaultKind::EmptyFiles, user, peer});
}

void ClientHabits::notifyFileRefused(const Fault &fault, const QString &path)
{
    m_users[fault.user].refused.insert(fault.kind, extensionOf(path));
    open(fault);
}

void ClientHabits::closeRefusal(const QString &user, FaultKind kind, const QString &path)
{
    const auto known = m_users.constFind(user);
    if (known == m_users.constEnd() || !known->refused.contains(kind))
        return;
    const QString refused = known->refused.value(kind);
    if (refused.isNull() || refused == extensionOf(path))
        close(user, kind);
}

void ClientHabits::notifyFileKept(const QString &user, const QString &path)
{
    closeRefusal(user, FaultKind::FileTooLarge, path);
    closeRefusal(user, FaultKind::NameRefused, path);
}

void ClientHabits::notifyNameKept(const QString &user, const QString &path)
{
    closeRefusal(user, FaultKind::NameRefused, path);
}

} // namespace gatehouse::ftp
