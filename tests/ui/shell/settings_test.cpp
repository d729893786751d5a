#include "fakes/engine_fixture.h"
#include "preferences/autostart.h"
#include "preferences/settings_form.h"
#include "preferences/settings_page.h"
#include "protocol/settings.h"
#include "support/registry.h"
#include "widgets/theme.h"
#include "widgets/tls_version_box.h"

#include <QApplication>
#include <QCheckBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>
#include <algorithm>

using namespace gatehouse;
using namespace gatehouse::preferences;
using namespace gatehouse::widgets;
using gatehouse::tests::EngineFixture;

namespace
{

constexpr int kSettingsPatience = 15'000;

QLineEdit *fieldOf(QWidget &form, const QString &name)
{
    for (auto *field : form.findChildren<QLineEdit *>()) {
        if (field->accessibleName() == name)
            return field;
    }
    return nullptr;
}

QString shownWords(QWidget &where)
{
    QStringList out;
    for (const auto *label : where.findChildren<QLabel *>()) {
        if (!label->isHidden())
            out.append(label->text());
    }
    return out.join(QLatin1Char('\n'));
}

void type(QLineEdit *field, const QString &text)
{
    field->selectAll();
    QTest::keyClicks(field, text);
}

} // namespace

class SettingsPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::darkTheme()); }
    void appliesChanges();
    void marksInvalidFields();
    void showsARefusalNextToItsField();
    void showsPortConflictsAlongsideOtherErrors();
    void showsTheRangeUntilANumberIsInvalid();
    void searchShowsOnlyMatchingRows();
    void searchMatchesTextOnThePage();
    void escapeOrLeavingThePageClearsTheSearch();
    void applyRevealsAnInvalidFieldHiddenBySearch();
    void showsSizesInGbWithoutRounding();
    void invalidSizeShowsAnExample();
    void startAtLoginWritesTheAutostartFile();
    void quotesTheProgramPath();
    void autostartKeepsTheDataFolder();
    void themeChangeReachesEveryWidget();
};

void SettingsPageTest::appliesChanges()
{
    EngineFixture fixture;
    SettingsPage page(fixture.client, {});
    page.show();
    QTRY_COMPARE_WITH_TIMEOUT(fieldOf(page, QStringLiteral("Port"))->text(), QStringLiteral("2121"),
                              kSettingsPatience);
    QVERIFY(!page.applyButton()->isEnabled());
    type(fieldOf(page, QStringLiteral("Port")), QStringLiteral("2221"));
    type(fieldOf(page, QStringLiteral("Days to keep recordings")), QStringLiteral("14"));
    auto *version = page.findChild<TlsVersionBox *>();
    QCOMPARE(version->version(), QStringLiteral("1.0"));
    QWheelEvent wheel({5, 5}, version->mapToGlobal(QPointF(5, 5)), {}, {0, -120}, Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(version, &wheel); // scrolls the page instead
    QCOMPARE(version->version(), QStringLiteral("1.0"));
    version->setVersion(QStringLiteral("1.2"));
    // Set in a camera's menu while the page was open.
    fixture.applySettings([](settings::Settings &settings) {
        settings.receiver.tlsRules = {{QStringLiteral("porch"), {true, {}}}};
    });
    QVERIFY(page.applyButton()->isEnabled());
    QSignalSpy applied(&page, &SettingsPage::applied);
    page.applyButton()->click();
    QTRY_COMPARE_WITH_TIMEOUT(applied.size(), 1, kSettingsPatience);
    const settings::Settings &settings = fixture.engine.context().settings;
    QCOMPARE(settings.receiver.port, 2221);
    QCOMPARE(settings.receiver.minTls, QStringLiteral("1.2"));
    QVERIFY(settings.receiver.tlsRules.value(QStringLiteral("porch")).isRequired);
    QCOMPARE(settings.retention.days, 14);
    // What was not touched is to the byte what it was.
    QCOMPARE(settings.retention.reserveBytes, settings::Retention().reserveBytes);
    QVERIFY(!page.applyButton()->isEnabled());
}

void SettingsPageTest::marksInvalidFields()
{
    EngineFixture fixture;
    SettingsPage page(fixture.client, {});
    page.show();
    QTRY_COMPARE_WITH_TIMEOUT(fieldOf(page, QStringLiteral("Port"))->text(), QStringLiteral("2121"),
                              kSettingsPatience);
    type(fieldOf(page, QStringLiteral("Port")), QStringLiteral("70000"));
    type(fieldOf(page, QStringLiteral("Address")), QStringLiteral("my pc"));
    page.applyButton()->click();
    QCOMPARE(fixture.commands.count<protocol::SetSettings>(), 0);
    QVERIFY(shownWords(page).contains(QStringLiteral("Enter a number from 1 to 65535")));
    QVERIFY(shownWords(page).contains(QStringLiteral("Enter an IP address")));
}

void SettingsPageTest::showsARefusalNextToItsField()
{
    EngineFixture fixture;
    fixture.commands.refuse<protocol::SetSettings>(QStringLiteral("Another program uses 2222"),
                                                   QStringLiteral("receiver.port"));
    SettingsPage page(fixture.client, {});
    page.show();
    QLineEdit *port = fieldOf(page, QStringLiteral("Port"));
    QTRY_COMPARE_WITH_TIMEOUT(port->text(), QStringLiteral("2121"), kSettingsPatience);
    type(port, QStringLiteral("2222"));
    page.applyButton()->click();
    QTRY_VERIFY_WITH_TIMEOUT(port->property("wrong").toBool(), kSettingsPatience);
    QVERIFY(shownWords(page).contains(QStringLiteral("Another program uses 2222")));
    QVERIFY(page.applyButton()->isEnabled());
}

void SettingsPageTest::showsPortConflictsAlongsideOtherErrors()
{
    EngineFixture fixture;
    SettingsPage page(fixture.client, {});
    page.show();
    QTRY_COMPARE_WITH_TIMEOUT(fieldOf(page, QStringLiteral("Port"))->text(), QStringLiteral("2121"),
                              kSettingsPatience);
    type(fieldOf(page, QStringLiteral("Port")), QStringLiteral("70000"));
    QLineEdit *const last = fieldOf(page, QStringLiteral("Passive ports to"));
    type(fieldOf(page, QStringLiteral("Passive ports from")), QStringLiteral("50000"));
    type(last, QStringLiteral("40000"));
    page.applyButton()->click();
    QVERIFY(shownWords(page).contains(QStringLiteral("Enter a number from 1 to 65535")));
    QVERIFY(shownWords(page).contains(QStringLiteral("The last port must not be lower than the first")));
    type(last, QStringLiteral("x")); // its own error comes first
    page.applyButton()->click();
    QVERIFY(shownWords(page).contains(QStringLiteral("Enter a number from 0 to 65535")));
    QVERIFY(!shownWords(page).contains(QStringLiteral("The last port")));
}

void SettingsPageTest::showsTheRangeUntilANumberIsInvalid()
{
    EngineFixture fixture;
    SettingsPage page(fixture.client, {});
    page.show();
    QLineEdit *const port = fieldOf(page, QStringLiteral("Port"));
    QTRY_COMPARE_WITH_TIMEOUT(port->toolTip(), QStringLiteral("1 to 65535"), kSettingsPatience);
    type(port, QStringLiteral("0"));
    page.applyButton()->click();
    QVERIFY(port->property("wrong").toBool());
    QCOMPARE(port->toolTip(), QString()); // it would cover the sentence
    type(port, QStringLiteral("2122"));
    QCOMPARE(port->toolTip(), QStringLiteral("1 to 65535"));
}

void SettingsPageTest::searchShowsOnlyMatchingRows()
{
    EngineFixture fixture;
    SettingsPage page(fixture.client, {});
    page.show();
    QLineEdit *const search = fieldOf(page, QStringLiteral("Search settings"));
    QLineEdit *const port = fieldOf(page, QStringLiteral("Port"));
    QLineEdit *const reserve = fieldOf(page, QStringLiteral("Free space to leave"));
    QVERIFY(port->isVisible() && reserve->isVisible());
    type(search, QStringLiteral("OLDEST deleted"));
    QVERIFY(reserve->isVisible()); // by its help
    QVERIFY(!port->isVisible());
    const auto titles = page.findChildren<QLabel *>();
    QVERIFY(std::none_of(titles.begin(), titles.end(), [](const QLabel *title) {
        return title->text() == QLatin1String("Receiving") && title->isVisible();
    }));
    type(search, QStringLiteral("nothing like it"));
    QVERIFY(!reserve->isVisible());
    QVERIFY(shownWords(page).contains(QStringLiteral("No setting matches “nothing like it”")));
    search->clear();
    QVERIFY(port->isVisible() && reserve->isVisible());
    QVERIFY(!shownWords(page).contains(QStringLiteral("No setting matches")));
}

void SettingsPageTest::searchMatchesTextOnThePage()
{
    EngineFixture fixture;
    SettingsPage page(fixture.client, {});
    page.show();
    QLineEdit *const search = fieldOf(page, QStringLiteral("Search settings"));
    QLineEdit *const port = fieldOf(page, QStringLiteral("Port"));
    QLineEdit *const reserve = fieldOf(page, QStringLiteral("Free space to leave"));
    auto *const version = page.findChild<TlsVersionBox *>();
    type(search, QStringLiteral("gb"));
    QVERIFY(reserve->isVisible() && !port->isVisible());
    type(search, QStringLiteral("receiving"));
    QVERIFY(port->isVisible() && version->isVisible() && !reserve->isVisible());
    type(search, QStringLiteral("port"));
    QVERIFY(port->isVisible() && !version->isVisible()); // not by "support" in its help
    type(search, QStringLiteral("dark"));
    QVERIFY(shownWords(page).contains(QStringLiteral("Colours")) && !port->isVisible());
    QVERIFY(!shownWords(page).contains(QStringLiteral("No setting matches")));
}

void SettingsPageTest::escapeOrLeavingThePageClearsTheSearch()
{
    EngineFixture fixture;
    SettingsPage page(fixture.client, {});
    page.show();
    QLineEdit *const search = fieldOf(page, QStringLiteral("Search settings"));
    QLineEdit *const port = fieldOf(page, QStringLiteral("Port"));
    type(search, QStringLiteral("colours"));
    QVERIFY(!port->isVisible());
    QTest::keyClick(search, Qt::Key_Escape);
    QCOMPARE(search->text(), QString());
    QVERIFY(port->isVisible());
    type(search, QStringLiteral("colours"));
    page.hide();
    page.show();
    QCOMPARE(search->text(), QString());
    QVERIFY(port->isVisible());
}

void SettingsPageTest::applyRevealsAnInvalidFieldHiddenBySearch()
{
    EngineFixture fixture;
    SettingsPage page(fixture.client, {});
    page.show();
    QLineEdit *const port = fieldOf(page, QStringLiteral("Port"));
    QTRY_COMPARE_WITH_TIMEOUT(port->text(), QStringLiteral("2121"), kSettingsPatience);
    type(port, QStringLiteral("0"));
    type(fieldOf(page, QStringLiteral("Search settings")), QStringLiteral("colours"));
    QVERIFY(!port->isVisible());
    page.applyButton()->click();
    QVERIFY(port->isVisible() && port->property("wrong").toBool());
}

void SettingsPageTest::showsSizesInGbWithoutRounding()
{
    EngineFixture fixture;
    fixture.applySettings([](settings::Settings &s) { s.retention.reserveBytes = qint64(10) << 30; });
    SettingsPage page(fixture.client, {});
    page.show();
    QLineEdit *const reserve = fieldOf(page, QStringLiteral("Free space to leave"));
    QTRY_COMPARE_WITH_TIMEOUT(reserve->text(), QStringLiteral("10.737"), kSettingsPatience);
    QSignalSpy applied(&page, &SettingsPage::applied);
    type(fieldOf(page, QStringLiteral("Days to keep recordings")), QStringLiteral("14"));
    page.applyButton()->click();
    QTRY_COMPARE_WITH_TIMEOUT(applied.size(), 1, kSettingsPatience);
    QCOMPARE(fixture.engine.context().settings.retention.reserveBytes, qint64(10) << 30);
    type(reserve, QStringLiteral("2.5"));
    page.applyButton()->click();
    QTRY_COMPARE_WITH_TIMEOUT(applied.size(), 2, kSettingsPatience);
    QCOMPARE(fixture.engine.context().settings.retention.reserveBytes, qint64(2'500'000'000));
    for (const char *wrong : {"-1", "1e99", "ten", ""}) {
        type(reserve, QLatin1String(wrong));
        if (!*wrong)
            reserve->clear();
        page.applyButton()->setEnabled(true);
        page.applyButton()->click();
        QVERIFY2(reserve->property("wrong").toBool(), wrong);
        QVERIFY(shownWords(page).contains(QStringLiteral("Enter a size from 0 to ")));
    }
}

void SettingsPageTest::invalidSizeShowsAnExample()
{
    const QLocale before;
    const auto restore = qScopeGuard([&before] { QLocale::setDefault(before); });
    EngineFixture fixture;
    SettingsPage page(fixture.client, {});
    page.show();
    QLineEdit *const reserve = fieldOf(page, QStringLiteral("Free space to leave"));
    QTRY_VERIFY_WITH_TIMEOUT(reserve->isEnabled(), kSettingsPatience);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    type(reserve, QStringLiteral("12,5"));
    page.applyButton()->click();
    QVERIFY(
        shownWords(page).contains(QStringLiteral("Enter a size from 0 to 1,000,000 GB, for example 12.5")));
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    type(reserve, QStringLiteral("12.5"));
    page.applyButton()->click();
    QVERIFY(
        shownWords(page).contains(QStringLiteral("Enter a size from 0 to 1.000.000 GB, for example 12,5")));
}

void SettingsPageTest::startAtLoginWritesTheAutostartFile()
{
    EngineFixture fixture;
    const Autostart autostart{fixture.folder.filePath(QStringLiteral("config/autostart")),
                              QStringLiteral("/usr/bin/gatehouse"),
                              {}};
    SettingsPage page(fixture.client, autostart);
    page.show();
    QCheckBox *logIn = nullptr;
    for (auto *box : page.findChildren<QCheckBox *>()) {
        if (box->text().startsWith(QStringLiteral("Start in the tray")))
            logIn = box;
    }
    QVERIFY(logIn);
    QTRY_VERIFY_WITH_TIMEOUT(logIn->isEnabled(), kSettingsPatience);
    logIn->setChecked(true);
    page.applyButton()->click();
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(autostart.file()), kSettingsPatience);
    QFile file(autostart.file());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("Exec=\"/usr/bin/gatehouse\" --hidden"));
    logIn->setChecked(false);
    page.applyButton()->click();
    QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(autostart.file()), kSettingsPatience);
}

void SettingsPageTest::quotesTheProgramPath()
{
    const Autostart autostart{QString(), QStringLiteral("/opt/my \"50%\" $app/gatehouse"), {}};
    QVERIFY(autostart.text().contains("Exec=\"/opt/my \\\\\"50%%\\\\\" \\\\$app/gatehouse\" --hidden"));
}

void SettingsPageTest::autostartKeepsTheDataFolder()
{
    const Autostart autostart{QString(),
                              QStringLiteral("/usr/bin/gatehouse"),
                              {QStringLiteral("--data"), QStringLiteral("/mnt/two disks/home")}};
    QVERIFY(autostart.text().contains(
        "Exec=\"/usr/bin/gatehouse\" --hidden \"--data\" \"/mnt/two disks/home\"\n"));
}

void SettingsPageTest::themeChangeReachesEveryWidget()
{
    EngineFixture fixture;
    SettingsPage page(fixture.client, {});
    QToolButton tool(&page);
    page.show();
    QVERIFY(widgets::themeOf(tool).isDark);
    widgets::applyTheme(*qApp, widgets::lightTheme());
    for (const QWidget *widget : page.findChildren<QWidget *>())
        QVERIFY2(!widgets::themeOf(*widget).isDark, widget->metaObject()->className());
    widgets::applyTheme(*qApp, widgets::darkTheme());
    for (const QWidget *widget : page.findChildren<QWidget *>())
        QVERIFY2(widgets::themeOf(*widget).isDark, widget->metaObject()->className());
}

GATEHOUSE_TEST(SettingsPageTest)
#include "settings_test.moc"
