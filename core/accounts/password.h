// Passwords of camera accounts: salted PBKDF2-HMAC-SHA256; the password itself is never stored. makeSecret,
// matches and pretend take some 50 ms by design: never on the network or GUI thread.
// Any thread.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QVector>

namespace gatehouse::accounts
{

struct Secret {
    QByteArray salt; // 16 bytes
    QByteArray hash; // 32 bytes
    int iterations = 0;
};

Secret makeSecret(QByteArrayView password);
bool matches(const Secret &secret, QByteArrayView password); // in constant time
// What the bytes of a password from the network may mean, as UTF-8, the likeliest first: themselves, if they
// are UTF-8; and, unless they are ASCII, their reading as Windows-1252, because many cameras send "ä" or "§"
// as one byte. One for ASCII, two at most: each costs a hash.
QVector<QByteArray> readingsOf(const QByteArray &sent);
// Takes as long as matches(): for an unknown user, so that the timing does not reveal which users exist.
void pretend(QByteArrayView password);

// Three short words and a number, "lion-pear-boat-48213": at least 40 bits, at most 20 characters, only
// lower-case letters, digits and '-', because cameras choke on others.
QString newPassword();
// For cameras that accept no longer ones: seven lower-case letters and digits, at least one of each, none
// that look alike (0 o, 1 i l). Some 34 bits: enough against guesses over the network, which ftp::Throttle
// slows down.
QString newShortPassword();

} // namespace gatehouse::accounts
