#include "base/regional_time.h"
#include "support/registry.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTest>

using namespace gatehouse;

namespace
{

constexpr auto kExpectedRegion = "GATEHOUSE_EXPECTED_REGION";

QString written(const Region &region)
{
    return QStringLiteral("%1 %2 %3")
        .arg(QString::number(region.isTwelveHour ? 12 : 24),
             region.isMonthFirst ? QStringLiteral("month-first") : QStringLiteral("day-first"),
             textLocale().dayName(region.firstDay));
}

} // namespace

class RegionalTimeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { setRegion({}); }

    void readsTheRegionOfALocale_data()
    {
        QTest::addColumn<QString>("region");
        const auto row = [](const char *locale, const char *region) {
            QTest::newRow(locale) << QString::fromLatin1(region);
        };
        row("C", "24 day-first Monday");
        row("de_DE", "24 day-first Monday");
        row("en_US", "12 month-first Sunday");
        row("en_GB", "24 day-first Monday");
        row("en_AU", "12 day-first Monday");
        row("sv_SE", "24 day-first Monday"); // its short date begins with the year
        row("ar_EG", "12 day-first Saturday");
        row("fa_IR", "24 day-first Saturday");
        row("th_TH", "24 day-first Sunday");
        row("ja_JP", "24 month-first Sunday");
        row("zh_TW", "12 month-first Sunday"); // "Bh:mm": no AP
        row("hsb_DE", "24 day-first Monday");  // "H:mm 'hodź'."
    }

    void readsTheRegionOfALocale()
    {
        QFETCH(QString, region);
        QCOMPARE(written(Region::of(QLocale(QString::fromLatin1(QTest::currentDataTag())))), region);
    }

    void writesEnglishInEveryRegion_data()
    {
        QTest::addColumn<QStringList>("texts");
        const auto row = [](const char *locale, const char *texts) {
            QTest::newRow(locale) << QString::fromLatin1(texts).split(QStringLiteral(" | "));
        };
        const char *const european =
            "09:05 | 21:05:07 | 21 | 5 Sep | 5 Sep 2026 | Sat 5 September | Sat 5 Sep 2026";
        for (const char *locale : {"C", "de_DE", "en_GB", "sv_SE", "fa_IR", "th_TH"})
            row(locale, european);
        row("en_US", "9:05 AM | 9:05:07 PM | 9 PM | Sep 5 | Sep 5, 2026 | Sat September 5 | Sat Sep 5, 2026");
        row("ar_EG", "9:05 AM | 9:05:07 PM | 9 PM | 5 Sep | 5 Sep 2026 | Sat 5 September | Sat 5 Sep 2026");
        row("ja_JP", "09:05 | 21:05:07 | 21 | Sep 5 | Sep 5, 2026 | Sat September 5 | Sat Sep 5, 2026");
    }

    void writesEnglishInEveryRegion()
    {
        QFETCH(QStringList, texts);
        setRegion(Region::of(QLocale(QString::fromLatin1(QTest::currentDataTag()))));
        const QTime evening(21, 5, 7);
        const QDate date(2026, 9, 5);
        QCOMPARE(QStringList({timeText(QTime(9, 5), TimeStyle::Minute), timeText(evening, TimeStyle::Second),
                              timeText(evening, TimeStyle::Hour), dateText(date, DateStyle::DayMonth),
                              dateText(date, DateStyle::DayMonthYear), dateText(date, DateStyle::Full),
                              dateText(date, DateStyle::FullWithYear)}),
                 texts);
        QCOMPARE(dateText(date, DateStyle::MonthYear), QStringLiteral("September 2026"));
        QCOMPARE(dateText(date, DateStyle::WeekdayDay), QStringLiteral("Sat 5"));
        QCOMPARE(dateText(date, DateStyle::Year), QStringLiteral("2026"));
    }

    void countsTheHoursOfTheDay()
    {
        const QTime midnight(0, 30, 4, 456);
        const QTime noon(12, 30);
        QCOMPARE(timeText(midnight, TimeStyle::Tenth), QStringLiteral("00:30:04.4"));
        QCOMPARE(halfOfDayText(noon), QString());
        setRegion({true, false, Qt::Monday});
        QCOMPARE(timeText(midnight, TimeStyle::Tenth), QStringLiteral("12:30:04.4 AM"));
        QCOMPARE(timeText(noon, TimeStyle::Minute), QStringLiteral("12:30 PM"));
        QCOMPARE(timeText(QTime(13, 0), TimeStyle::Hour), QStringLiteral("1 PM"));
        QCOMPARE(timeDigits(QTime(23, 59, 58), TimeStyle::Second), QStringLiteral("11:59:58"));
    }

    void ordersTheDaysOfTheWeek()
    {
        QCOMPARE(daysOfWeek().first(), Qt::Monday);
        setRegion({false, false, Qt::Saturday});
        QCOMPARE(daysOfWeek(), QVector<Qt::DayOfWeek>({Qt::Saturday, Qt::Sunday, Qt::Monday, Qt::Tuesday,
                                                       Qt::Wednesday, Qt::Thursday, Qt::Friday}));
    }

    // Qt reads the environment once per process: each locale gets one, which runs this function, too.
    void followsLcTime()
    {
        if (qEnvironmentVariableIsSet(kExpectedRegion)) {
            QCOMPARE(written(Region::of(QLocale::system())), qEnvironmentVariable(kExpectedRegion));
            return;
        }
        const std::pair<QStringList, const char *> systems[] = {
            {{QStringLiteral("LC_ALL=de_DE.UTF-8")}, "24 day-first Monday"},
            {{QStringLiteral("LANG=en_US.UTF-8")}, "12 month-first Sunday"},
            {{QStringLiteral("LANG=en_US.UTF-8"), QStringLiteral("LC_TIME=en_GB.UTF-8")},
             "24 day-first Monday"},
            {{QStringLiteral("LANG=de_DE.UTF-8"), QStringLiteral("LC_TIME=ar_EG.UTF-8")},
             "12 day-first Saturday"},
            {{QStringLiteral("LANG=C.UTF-8"), QStringLiteral("LC_TIME=fa_IR.UTF-8")},
             "24 day-first Saturday"},
        };
        for (const auto &[variables, expected] : systems) {
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            for (const char *inherited : {"LC_ALL", "LC_TIME", "LANG", "LANGUAGE"})
                environment.remove(QLatin1String(inherited));
            for (const QString &variable : variables)
                environment.insert(variable.section(QLatin1Char('='), 0, 0),
                                   variable.section(QLatin1Char('='), 1));
            environment.insert(QLatin1String(kExpectedRegion), QLatin1String(expected));
            QProcess child;
            child.setProcessEnvironment(environment);
            child.setProcessChannelMode(QProcess::MergedChannels);
            child.start(QCoreApplication::applicationFilePath(),
                        {QStringLiteral("RegionalTimeTest"), QStringLiteral("followsLcTime")});
            QVERIFY(child.waitForFinished());
            QVERIFY2(child.exitCode() == 0, child.readAll().constData());
        }
    }
};

GATEHOUSE_TEST(RegionalTimeTest)
#include "regional_time_test.moc"
