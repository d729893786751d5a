// What the engine reports as a problem stands above the page until it is over.
#include "fakes/engine_house.h"
#include "shell/main_window.h"
#include "shell/notices.h"
#include "shell/status_bar.h"
#include "support/registry.h"

#include <QPushButton>
#include <QTest>
#include <algorithm>

using namespace gatehouse;
using namespace gatehouse::shell;
using gatehouse::tests::EngineHouse;

namespace
{
constexpr int NoticesPatience = 15'000;

QJsonObject statusWith(const QVector<control::Problem> &problems)
{
    return {{QStringLiteral("archive"), QJsonObject{{QStringLiteral("ready"), true}}},
            {QStringLiteral("problems"), control::toJson(problems)}};
}
} // namespace

class NoticesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aProblemIsShownUntilItIsOver();
};

void NoticesTest::aProblemIsShownUntilItIsOver()
{
    EngineHouse house;
    MainWindow window(house.services(), house.client);
    window.show();
    QTRY_VERIFY_WITH_TIMEOUT(window.statusBar().receiving().startsWith(QStringLiteral("Ready")),
                             NoticesPatience);
    const control::Problem damaged{
        QStringLiteral("catalog"), QStringLiteral("The catalog is damaged."), 0, {}, {}};
    const control::Problem held{QStringLiteral("hold"), QStringLiteral("Nothing is deleted."), 0,
                                QStringLiteral("Delete as before"), QStringLiteral("receiver.resume")};
    house.server->tell(QStringLiteral("status"), statusWith({damaged, held}));
    QTRY_COMPARE_WITH_TIMEOUT(window.notices().text(), damaged.text + QLatin1Char('\n') + held.text,
                              NoticesPatience);
    const auto buttons = window.notices().findChildren<QPushButton *>();
    const auto button = std::find_if(buttons.begin(), buttons.end(),
                                     [&](QPushButton *one) { return one->text() == held.action; });
    QVERIFY(button != buttons.end() && (*button)->isVisible());
    (*button)->click();
    QTRY_COMPARE_WITH_TIMEOUT(house.commands.count(QStringLiteral("receiver.resume")), 1, NoticesPatience);
    house.server->tell(QStringLiteral("status"), statusWith({held}));
    QTRY_COMPARE_WITH_TIMEOUT(window.notices().text(), held.text, NoticesPatience);
    house.server->tell(QStringLiteral("status"), statusWith({}));
    QTRY_COMPARE_WITH_TIMEOUT(window.notices().text(), QString(), NoticesPatience);
}

GATEHOUSE_TEST(NoticesTest)
#include "notices_test.moc"
