// A password that a person typed as text works whichever character set the camera sends it in.
#include "accounts/password.h"
#include "receiver.h"
#include "support/registry.h"

using namespace gatehouse;
using namespace gatehouse::tests;

class PasswordReadingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsEitherCharacterSet_data();
    void acceptsEitherCharacterSet();
};

void PasswordReadingsTest::acceptsEitherCharacterSet_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<bool>("isIn");
    const auto row = [](const char *name, const char16_t *typed, const QByteArray &sent, bool isIn) {
        QTest::newRow(name) << QString::fromUtf16(typed) << sent << isIn;
    };
    row("ASCII", u"pear-48", "pear-48", true);
    row("section sign in UTF-8", u"pear\u00a748",
        "pear\xc2\xa7"
        "48",
        true);
    row("section sign in Latin-1", u"pear\u00a748",
        "pear\xa7"
        "48",
        true);
    row("umlauts in UTF-8", u"T\u00fcr\u00f6ffner",
        "T\xc3\xbcr\xc3\xb6"
        "ffner",
        true);
    row("umlauts in Latin-1", u"T\u00fcr\u00f6ffner",
        "T\xfcr\xf6"
        "ffner",
        true);
    row("euro in Windows-1252", u"5\u20ac", "5\x80", true);
    row("y with dots, which Telnet doubles", u"\u00ff", "\xff", true);
    row("letters that look like UTF-8", u"\u00c3\u00a4", "\xc3\xa4",
        true); // Latin-1 of A-tilde and the currency sign
    row("another letter in Latin-1", u"T\u00fcr", "T\xf6r", false);
    row("another letter in UTF-8", u"T\u00fcr", "T\xc3\xb6r", false);
    row("without its umlaut", u"T\u00fcr", "Tur", false);
    row("Cyrillic in UTF-8", u"\u043a\u043e\u0442", "\xd0\xba\xd0\xbe\xd1\x82", true);
}

void PasswordReadingsTest::acceptsEitherCharacterSet()
{
    QFETCH(QString, typed);
    QFETCH(QByteArray, sent);
    QFETCH(bool, isIn);
    const QTemporaryDir folder;
    const auto receiver = makeReceiver(folder);
    const accounts::Secret secret = accounts::makeSecret(typed.toUtf8());
    const auto account = receiver->account();
    QVERIFY(receiver->writer
                ->submit(catalog::SetAccountSecret{account, secret.salt, secret.hash, secret.iterations})
                .result());
    receiver->backend->forgetLogIns(account);
    const auto here = std::make_shared<int>();
    for (int i = 0; i < 2; ++i) { // the second one is remembered
        const auto in = receiver->backend->logIn(kNvr, sent, QHostAddress::LocalHost, here);
        QTRY_VERIFY_WITH_TIMEOUT(in.isFinished(), 30'000);
        QCOMPARE(in.result().has_value(), isIn);
        if (!isIn)
            QCOMPARE(in.result().error().kind, ErrorKind::Denied);
    }
}

GATEHOUSE_TEST(PasswordReadingsTest)
#include "password_readings_test.moc"
