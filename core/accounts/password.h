// Passwords of cameras' accounts: PBKDF2-HMAC-SHA256 with a salt; the password itself is kept nowhere.
// makeSecret, matches and pretend take some 50 ms on purpose: never on the network or GUI thread.
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
bool matches(const Secret &secret, QByteArrayView password); // takes the same time wherever they differ
// Takes as long as matches(): for a user that doesn't exist, so that the answer's time tells nothing.
void pretend(QByteArrayView password);

// Three short words and a number, "lion-pear-boat-48213": at least 40 bits, at most 20 characters, only
// small letters, digits and '-', because cameras choke on others.
QString newPassword();

} // namespace gatehouse::accounts
