// What the player says instead of a picture, and at its end.
#include "player/player_messages.h"
#include "support/registry.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::player;

class PlayerMessagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void explainsWhyAnItemCannotBeShown();
    void showsARemarkAtTheEnd();
};

void PlayerMessagesTest::explainsWhyAnItemCannotBeShown()
{
    const Error corrupt{ErrorKind::Corrupt, QStringLiteral("no picture"), {}};
    catalog::Item item;
    item.kind = Kind::Clip;
    item.state = ItemState::Ok;
    item.reason = QStringLiteral("This recording contains only sound (6 s).");
    QCOMPARE(cannotPlayText(item, corrupt), item.reason);
    QVERIFY(
        cannotPlayText(item, Error{ErrorKind::NotFound, {}, {}}).contains(QLatin1String("archive folder")));
    // A remark about what can be shown explains no failure.
    item.width = 640;
    item.height = 360;
    item.state = ItemState::Damaged;
    item.reason = QStringLiteral("The picture data is damaged in one place.");
    QCOMPARE(cannotPlayText(item, corrupt),
             QStringLiteral("This clip can't be played: The picture data is damaged in one place."));
}

void PlayerMessagesTest::showsARemarkAtTheEnd()
{
    catalog::Item item;
    item.state = ItemState::Ok;
    QCOMPARE(endText(item, false), QString());
    item.reason = QStringLiteral("Its pictures end after 2 s, its sound after 39 s.");
    QCOMPARE(endText(item, false), item.reason);
    QVERIFY(endText(item, true) != item.reason);
}

GATEHOUSE_TEST(PlayerMessagesTest)
#include "player_messages_test.moc"
