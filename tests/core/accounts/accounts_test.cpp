#include "accounts/log_in_cache.h"
#include "accounts/password.h"
#include "support/registry.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::accounts;

namespace
{

class HandClock : public Clock
{
public:
    [[nodiscard]] qint64 now() const override { return time; }
    [[nodiscard]] qint64 elapsed() const override { return time; }
    qint64 time = 0;
};

} // namespace

class AccountsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matchesOnlyTheCorrectPassword()
    {
        const Secret secret = makeSecret("tulip-harbor");
        QCOMPARE(secret.salt.size(), 16);
        QCOMPARE(secret.hash.size(), 32);
        QVERIFY(secret.iterations >= 200'000);
        QVERIFY(matches(secret, "tulip-harbor"));
        QVERIFY(!matches(secret, "tulip-harbo"));
        QVERIFY(!matches(secret, "tulip-harbor "));
        QVERIFY(!matches(secret, ""));
        QVERIFY(!matches(Secret{}, ""));
        QVERIFY(makeSecret("tulip-harbor").hash != secret.hash);
        QVERIFY(matches(makeSecret(""), ""));
    }

    void matchesTheRfc7914TestVector()
    {
        // RFC 7914, section 11.
        const Secret secret{
            QByteArray("salt"),
            QByteArray::fromHex("55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"), 1};
        QVERIFY(matches(secret, "passwd"));
    }

    void generatesTypeablePasswords()
    {
        static const QRegularExpression shape(QStringLiteral("^([a-z]{4}-){3}[1-9][0-9]{4}$"));
        QSet<QString> seen;
        for (int i = 0; i < 2000; ++i) {
            const QString password = newPassword();
            QVERIFY2(shape.match(password).hasMatch(), qPrintable(password));
            QVERIFY(password.size() <= 20);
            seen.insert(password);
        }
        QCOMPARE(seen.size(), 2000);
    }

    void shortPasswordsFitEveryCamera()
    {
        static const QRegularExpression shape(QStringLiteral("^[a-hjkmnp-z2-9]{7}$"));
        QSet<QString> seen;
        for (int i = 0; i < 2000; ++i) {
            const QString password = newShortPassword();
            QVERIFY2(shape.match(password).hasMatch(), qPrintable(password));
            QVERIFY(password.contains(QRegularExpression(QStringLiteral("[a-z]"))));
            QVERIFY(password.contains(QRegularExpression(QStringLiteral("[2-9]"))));
            seen.insert(password);
        }
        QVERIFY(seen.size() > 1990);
    }

    void listsReadingsOfTheBytes_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<QVector<QByteArray>>("readings");
        using Readings = QVector<QByteArray>;
        const auto row = [](const char *name, const QByteArray &sent, const Readings &readings) {
            QTest::newRow(name) << sent << readings;
        };
        row("empty", "", {""});
        row("ASCII", "lion-pear", {"lion-pear"});
        row("section sign, UTF-8", "a\xc2\xa7", {"a\xc2\xa7", "a\xc3\x82\xc2\xa7"});
        row("section sign, Latin-1", "a\xa7", {"a\xc2\xa7"});
        row("umlauts, Latin-1", "\xe4\xf6\xfc\xdf", {"\xc3\xa4\xc3\xb6\xc3\xbc\xc3\x9f"});
        row("euro, Windows-1252", "5\x80", {"5\xe2\x82\xac"});
        row("cut UTF-8", "x\xe2\x82", {"x\xc3\xa2\xe2\x80\x9a"});
        row("overlong", "\xc0\xaf", {"\xc3\x80\xc2\xaf"});
    }

    void listsReadingsOfTheBytes()
    {
        QFETCH(QByteArray, sent);
        QFETCH(QVector<QByteArray>, readings);
        QCOMPARE(readingsOf(sent), readings);
    }

    void remembersAVerifiedLogIn()
    {
        HandClock clock;
        LogInCache cache(clock, 60'000);
        const QString user = QStringLiteral("porch");
        QVERIFY(!cache.find(user, "secret"));
        cache.remember(user, "secret", AccountId{4});
        QCOMPARE(cache.find(user, "secret"), AccountId{4});
        QVERIFY(!cache.find(user, "secre"));
        QVERIFY(!cache.find(QStringLiteral("Porch"), "secret"));
        clock.time = 59'999;
        QVERIFY(cache.find(user, "secret"));
        clock.time = 60'000;
        QVERIFY(!cache.find(user, "secret"));
    }

    void forgetsWhenTheSecretChanges()
    {
        HandClock clock;
        LogInCache cache(clock);
        cache.remember(QStringLiteral("a"), "secret", AccountId{1});
        cache.remember(QStringLiteral("b"), "secret", AccountId{2});
        cache.forget(AccountId{1});
        QVERIFY(!cache.find(QStringLiteral("a"), "secret"));
        QVERIFY(cache.find(QStringLiteral("b"), "secret"));
        cache.remember(QStringLiteral("b"), "new", AccountId{2});
        QVERIFY(!cache.find(QStringLiteral("b"), "secret"));
        cache.clear();
        QVERIFY(!cache.find(QStringLiteral("b"), "new"));
    }
};

GATEHOUSE_TEST(AccountsTest)
#include "accounts_test.moc"
