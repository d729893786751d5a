// Passwords of camera accounts: salted PBKDF2-HMAC-SHA256; the password itself is never stored. makeSecret,
// matches and pretend take some 50 ms by design: never on the network or GUI thread.
// Any thread.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace gatehouse::accounts
{

struct Secret {
    QByteArray salt; // 16 bytes
    QByteArray hash; // 32 bytes
    int iterations = 0;
};

Secret makeSecret(QByteArrayView password);
bool matches(const Secret &secret, QByteArrayView password); // in constant time
// Takes as long as matches(): for an unknown user, so that the timing does not reveal which users exist.
void pretend(QByteArrayView password);

// Three short words and a number, "lion-pear-boat-48213": at least 40 bits, at most 20 characters, only
// lower-case letters, digits and '-', because cameras choke on others.
QString newPassword();

} // namespace gatehouse::accounts
