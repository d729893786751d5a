// The tokens keep their contrast, a palette identifies the set it was made from, icons exist and are
// coloured, and changing figures do not move.
#include "support/registry.h"
#include "widgets/figures.h"
#include "widgets/format.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QPainter>
#include <QPushButton>
#include <QTest>
#include <QWidget>
#include <cmath>

using namespace gatehouse::widgets;

namespace
{

// WCAG 2.
double luminance(const QColor &colour)
{
    const auto linear = [](double c) {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double x = luminance(a);
    const double y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

} // namespace

class ThemeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsReadable();
    void identifiesTheThemeOfAPalette();
    void disabledButtonLooksDisabled();
    void everyIconDraws();
    void iconsUseTheGivenColour();
    void iconsAreCrispAtDoubleScale();
    void figuresHaveEqualWidths();
    void marksDaysOtherThanToday();
    void namesTheYearOfAnotherYear();
    void cleanup() { applyTheme(*qApp, darkTheme()); }
};

void ThemeTest::textIsReadable()
{
    for (const Theme *plain : {&darkTheme(), &lightTheme()}) {
        for (const Theme *t : {plain, &highContrast(*plain)}) {
            for (const QColor &ground : {t->bg, t->surface, t->raised}) {
                for (const QColor &text : {t->ink, t->ink2, t->ink3})
                    QVERIFY2(contrast(text, ground) >= 4.5, qPrintable(text.name() + ground.name()));
                QVERIFY(contrast(t->edge, ground) >= 3.0);
            }
            QVERIFY(contrast(t->onAccent, t->accent) >= 4.5);
            QVERIFY(contrast(t->ok, t->okWeak) >= 4.5);
            QVERIFY(contrast(t->warn, t->warnWeak) >= 4.5);
            QVERIFY(contrast(t->bad, t->badWeak) >= 4.5);
            for (const QColor &kind : {t->motion, t->person, t->vehicle, t->sound, t->sensor, t->still})
                QVERIFY(contrast(kind, t->surface) >= 3.0);
        }
    }
}

void ThemeTest::identifiesTheThemeOfAPalette()
{
    for (const Theme *plain : {&darkTheme(), &lightTheme()}) {
        for (const Theme *t : {plain, &highContrast(*plain)}) {
            applyTheme(*qApp, *t);
            const QWidget widget;
            QCOMPARE(&themeOf(widget), t);
        }
    }
}

void ThemeTest::disabledButtonLooksDisabled()
{
    for (const char *role : {"primary", "delete", "deleting"}) {
        QPushButton button;
        button.setProperty("role", QLatin1String(role));
        button.resize(80, 32);
        button.setEnabled(false);
        const QImage image = button.grab().toImage();
        const auto inkAt = [&image](int x, int y) { return QColor(image.pixel(x, y)); };
        QVERIFY2(inkAt(40, 16) == darkTheme().raised, role);
        QVERIFY2(inkAt(40, 0) == darkTheme().line, role);
    }
}

void ThemeTest::everyIconDraws()
{
    const QStringList names = QDir(QStringLiteral(":/icons")).entryList();
    QVERIFY(names.size() > 50);
    for (const QString &file : names) {
        const QString name = file.chopped(4);
        const QImage image = icon(name, darkTheme().ink).pixmap(16).toImage();
        bool drawn = false;
        for (int y = 0; y < image.height() && !drawn; ++y) {
            for (int x = 0; x < image.width() && !drawn; ++x)
                drawn = qAlpha(image.pixel(x, y)) > 128;
        }
        QVERIFY2(drawn, qPrintable(name));
    }
}

void ThemeTest::iconsUseTheGivenColour()
{
    const QColor colour = darkTheme().accent;
    const QImage image = icon(QStringLiteral("square"), colour).pixmap(48).toImage();
    bool found = false;
    for (int x = 0; x < image.width(); ++x)
        found = found || QColor(image.pixel(x, 24)) == colour;
    QVERIFY(found);
}

void ThemeTest::iconsAreCrispAtDoubleScale()
{
    const QPixmap pixmap = icon(QStringLiteral("plus"), darkTheme().ink).pixmap(QSize(16, 16), 2.0);
    QCOMPARE(pixmap.width(), 32);
    QCOMPARE(pixmap.devicePixelRatio(), 2.0);
}

void ThemeTest::marksDaysOtherThanToday()
{
    const QDate today(2026, 6, 12);
    const auto mark = [&](int days) {
        return dayMarkText(QDateTime(today.addDays(days), QTime(14, 3)).toMSecsSinceEpoch(), today);
    };
    QCOMPARE(mark(0), QString());
    QCOMPARE(mark(-1), QStringLiteral("Thu"));
    QCOMPARE(mark(-6), QStringLiteral("Sat"));
    QCOMPARE(mark(-7), QStringLiteral("5 Jun"));
    QCOMPARE(mark(1), QStringLiteral("13 Jun"));
    QCOMPARE(mark(-300), QStringLiteral("16 Aug"));
    QCOMPARE(mark(-400), QStringLiteral("8 May 2025"));
    QCOMPARE(mark(400), QStringLiteral("17 Jul 2027"));
}

void ThemeTest::namesTheYearOfAnotherYear()
{
    const QDate today = QDate::currentDate();
    const QDate then(today.year() - 2, 3, 8);
    QVERIFY(
        dayText(QDateTime(then, QTime(15, 29)).toMSecsSinceEpoch()).contains(QString::number(then.year())));
    QVERIFY(!dayText(today).contains(QString::number(today.year())));
}

void ThemeTest::figuresHaveEqualWidths()
{
    const QFontMetricsF metrics(font(TextStyle::Figure));
    QCOMPARE(figuresWidth(metrics, QStringLiteral("11:11:11")),
             figuresWidth(metrics, QStringLiteral("00:48:20")));
    QImage image(400, 60, QImage::Format_ARGB32_Premultiplied);
    QPainter painter(&image);
    painter.setFont(font(TextStyle::Figure));
    const qreal drawn = drawFigures(painter, image.rect(), Qt::AlignCenter, QStringLiteral("13:52:18"));
    QCOMPARE(drawn, figuresWidth(QFontMetricsF(painter.font(), &image), QStringLiteral("13:52:18")));
}

GATEHOUSE_TEST(ThemeTest)
#include "theme_test.moc"
