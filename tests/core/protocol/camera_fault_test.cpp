// The table of sentences: each fault says what is and what to do, in the same form.
#include "protocol/camera_fault.h"
#include "support/registry.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::protocol;

class CameraFaultTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasSentencesForEveryFault();
    void describesWhatIsKnown_data();
    void describesWhatIsKnown();
};

void CameraFaultTest::hasSentencesForEveryFault()
{
    for (std::size_t i = 0; i < namesOf(FaultKind()).size(); ++i) {
        for (const QString &detail : {QString(), QStringLiteral("1.0")}) {
            CameraFault fault;
            fault.kind = FaultKind(i);
            fault.detail = detail;
            fault.wanted = QStringLiteral("1.2");
            const FaultText text = textOf(fault);
            const char *name = namesOf(FaultKind())[i].data();
            QVERIFY2(text.brief.endsWith(QStringLiteral("since %1")), name);
            QVERIFY2(text.brief.arg(QStringLiteral("13:12")).size() <= 32, name); // two lines of a row
            QVERIFY2(text.what.endsWith(QLatin1Char('.')) && text.todo.endsWith(QLatin1Char('.')), name);
            QVERIFY2(!text.sentences().contains(QLatin1Char('%')) &&
                         !text.sentences().contains(QLatin1Char('!')),
                     name);
            QCOMPARE(text.sentences().count(QStringLiteral(". ")), 1); // one each
        }
    }
    QVERIFY(textOf(CameraFault{FaultKind(99)}).brief.isEmpty()); // of a newer engine
}

void CameraFaultTest::describesWhatIsKnown_data()
{
    QTest::addColumn<CameraFault>("fault");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char *name, CameraFault fault, const char *sentence) {
        QTest::newRow(name) << fault << QString::fromLatin1(sentence);
    };
    CameraFault fault;
    fault.kind = FaultKind::NoPassiveData;
    row("no range", fault, "Set a range of passive ports");
    fault.firstPort = 50'000;
    fault.lastPort = 50'100;
    row("a range", fault, "Open ports 50000 to 50100, or set the camera to PORT (active).");
    fault.detail = QStringLiteral("192.168.1.60");
    row("another address", fault, "sends its data from another address, 192.168.1.60.");
    fault = {FaultKind::OldTls, {}, {}, {}, QStringLiteral("1.0"), QStringLiteral("1.2")};
    row("old TLS", fault, "The camera uses TLS 1.0, but 1.2 or newer is required.");
    fault.detail.clear();
    row("unknown old TLS", fault, "The camera's TLS is too old: 1.2 or newer is required.");
    fault.wanted = QStringLiteral("1.0");
    row("older than all", fault, "choose no encryption");
    row("SFTP", {FaultKind::OtherProtocol, {}, {}, {}, QStringLiteral("SFTP")},
        "This camera speaks SFTP, not FTP.");
    row("implicit FTPS", {FaultKind::ImplicitTls},
        "This camera speaks implicit FTPS. Choose explicit FTPS or none");
    row("a large file", {FaultKind::FileTooLarge, {}, {}, {}, QStringLiteral("8.6 GB")},
        "The camera sends files of more than 8.6 GB, the most that is allowed.");
    row("a long name", {FaultKind::NameRefused, {}, {}, {}, QStringLiteral("it is too long")},
        "under the name that it gives it: it is too long.");
    row("refused PORT", {FaultKind::PortRefused, {}, {}, {}, QStringLiteral("8.8.8.8, port 80")},
        "to 8.8.8.8, port 80, which is not allowed.");
}

void CameraFaultTest::describesWhatIsKnown()
{
    QFETCH(CameraFault, fault);
    QFETCH(QString, sentence);
    QVERIFY2(textOf(fault).sentences().contains(sentence), qPrintable(textOf(fault).sentences()));
}

GATEHOUSE_TEST(CameraFaultTest)
#include "camera_fault_test.moc"
