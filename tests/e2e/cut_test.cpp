// Cameras on a bad network: attempts cut at any length, in any order, some with other bytes, then the
// complete file. One complete item remains; its partial uploads are superseded, and nothing else is.
#include "camera_connection.h"
#include "support/ftp_client.h"
#include "support/program_fixture.h"
#include "support/registry.h"
#include "support/tiny_media.h"

#include <QCryptographicHash>
#include <QFile>
#include <QRandomGenerator>
#include <QTest>

using namespace gatehouse::tests;

class CutTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsAShorterRetryAfterALongerOne();
    void acceptsTriesInAnyOrder();
    void completesInterruptedWorkAfterAKill();
};

namespace
{

constexpr int kWaitMs = 120'000;

// An engine with one camera, already logged in.
QByteArray nameOf(int number)
{
    return "MDAlarm_20260612-10" + QByteArray::number(1000 + number) + ".jpg";
}

QByteArray contentOf(const QJsonObject &item)
{
    QFile file(item.value(QLatin1String("path")).toString());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// What is wrong with the items of these names; empty: nothing.
QString wrongWith(ProgramFixture &fixture, const QHash<QString, QByteArray> &whole)
{
    QHash<QString, int> found;
    const auto items = fixture.items();
    for (const QJsonObject &item : items) {
        const QString name = item.value(QLatin1String("source_path")).toString();
        const QByteArray bytes = contentOf(item);
        if (bytes == whole.value(name))
            ++found[name];
        else if (whole.value(name).startsWith(bytes))
            return QStringLiteral("%1: %2 bytes of a partial upload stayed").arg(name).arg(bytes.size());
    }
    for (auto it = whole.begin(); it != whole.end(); ++it) {
        if (found.value(it.key()) != 1)
            return QStringLiteral("%1 is there %2 times").arg(it.key()).arg(found.value(it.key()));
    }
    return {};
}

int incompleteOnes(ProgramFixture &fixture)
{
    const auto items = fixture.items();
    return int(std::count_if(items.begin(), items.end(), [](const QJsonObject &item) {
        return item.value(QLatin1String("state")).toString() != QLatin1String("ok");
    }));
}

} // namespace

void CutTest::acceptsAShorterRetryAfterALongerOne()
{
    CameraConnection h;
    QVERIFY2(h.isReady, qPrintable(h.fixture.lastError()));
    const QByteArray picture = makeStill({});
    const QByteArray other = "other bytes" + picture.left(3000);
    for (const auto &part : {picture.left(4000), other, picture.left(2000), picture.left(3000)})
        h.client.storeCut(nameOf(1), part);
    QVERIFY2(h.client.store(nameOf(1), picture), h.client.lastReply());
    const QHash<QString, QByteArray> whole{{QString::fromLatin1('/' + nameOf(1)), picture}};
    QTRY_COMPARE_WITH_TIMEOUT(wrongWith(h.fixture, whole), QString(), kWaitMs);
    QVERIFY(h.fixture.waitExamined(kWaitMs));
    QCOMPARE(h.fixture.items().size(), 2);
    QCOMPARE(incompleteOnes(h.fixture), 1); // the one with other bytes is evidence, too
    h.fixture.cli({QStringLiteral("check")});
    QVERIFY2(h.fixture.exitCode() == 0, qPrintable(h.fixture.lastError()));
}

void CutTest::acceptsTriesInAnyOrder()
{
    CameraConnection h;
    QVERIFY2(h.isReady, qPrintable(h.fixture.lastError()));
    auto *random = QRandomGenerator::global();
    QHash<QString, QByteArray> whole;
    int others = 0;
    for (int number = 0; number < 40; ++number) {
        StillRecipe recipe;
        recipe.seed = number + 1;
        const QByteArray picture = makeStill(recipe);
        const int tries = random->bounded(1, 6);
        for (int i = 0; i < tries; ++i) {
            QByteArray part = picture.left(random->bounded(1, int(picture.size())));
            if (random->bounded(5) == 0) {
                part = QByteArray::number(others++) + " is another picture" + part;
                h.client.store(nameOf(number), part);
            } else if (random->bounded(3) == 0) {
                h.client.store(nameOf(number), part); // an orderly but premature end
            } else {
                h.client.storeCut(nameOf(number), part);
            }
            if (random->bounded(6) == 0)
                h.client.command("DELE " + nameOf(number));
        }
        QVERIFY2(h.client.store(nameOf(number), picture), h.client.lastReply());
        whole.insert(QString::fromLatin1('/' + nameOf(number)), picture);
    }
    QTRY_COMPARE_WITH_TIMEOUT(wrongWith(h.fixture, whole), QString(), kWaitMs);
    QVERIFY(h.fixture.waitExamined(kWaitMs));
    QTRY_COMPARE_WITH_TIMEOUT(wrongWith(h.fixture, whole), QString(), kWaitMs); // after examination, too
    QCOMPARE(h.fixture.items().size(), whole.size() + others);
    h.fixture.cli({QStringLiteral("check")});
    QVERIFY2(h.fixture.exitCode() == 0, qPrintable(h.fixture.lastError()));
}

void CutTest::completesInterruptedWorkAfterAKill()
{
    CameraConnection h;
    QVERIFY2(h.isReady, qPrintable(h.fixture.lastError()));
    QHash<QString, QByteArray> whole;
    for (int number = 0; number < 8; ++number) {
        StillRecipe recipe;
        recipe.seed = number + 100;
        const QByteArray picture = makeStill(recipe);
        for (const qsizetype bytes : {3000, 1000, 2000})
            h.client.storeCut(nameOf(number), picture.left(bytes));
        QVERIFY2(h.client.store(nameOf(number), picture), h.client.lastReply());
        whole.insert(QString::fromLatin1('/' + nameOf(number)), picture);
        h.fixture.kill9();
        QVERIFY2(h.fixture.start(), qPrintable(h.fixture.lastError()));
        QVERIFY(h.logIn());
    }
    QTRY_COMPARE_WITH_TIMEOUT(wrongWith(h.fixture, whole), QString(), kWaitMs);
    QTRY_COMPARE_WITH_TIMEOUT(h.fixture.items().size(), whole.size(), kWaitMs);
}

GATEHOUSE_TEST(CutTest)
#include "cut_test.moc"
