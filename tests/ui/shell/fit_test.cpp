// Nothing is clipped at the sizes given by the look: every button and every label that cannot elide has room
// for its text, and nothing extends beyond its parent.
#include "base/regional_time.h"
#include "fakes/engine_fixture.h"
#include "models/camera_model.h"
#include "review/review_screen.h"
#include "shell/main_window.h"
#include "support/registry.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QTest>
#include <QTranslator>

using namespace gatehouse;
using namespace gatehouse::shell;
using namespace gatehouse::widgets;
using gatehouse::tests::EngineFixture;

namespace
{

constexpr int kFitPatience = 15'000;

QString clipped(const QWidget &window)
{
    QStringList out;
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        const auto *label = qobject_cast<const QLabel *>(widget);
        const auto *button = qobject_cast<const QPushButton *>(widget);
        if (!widget->isVisible() || (!label && !button))
            continue;
        const QString text = label ? label->text() : button->text();
        if (text.isEmpty())
            continue;
        const int needs =
            label && label->wordWrap() ? label->heightForWidth(label->width()) : widget->sizeHint().height();
        const bool narrow =
            !(label && label->wordWrap()) && widget->width() < widget->minimumSizeHint().width();
        if (narrow || widget->height() < needs - 2)
            out.append(text);
    }
    return out.join(QStringLiteral(" | "));
}

// Makes every text 40 % longer, like another language. Not the date formats.
class LongerTexts final : public QTranslator
{
public:
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char *context, const char *source, const char *, int) const override
    {
        const QLatin1String where(context);
        if (!QByteArray(context).startsWith("gatehouse::") && where != QLatin1String("Messages") &&
            where != QLatin1String("Settings"))
            return {};
        const QString text = QString::fromUtf8(source);
        // Extended with words, so that lines can be broken.
        return text + QStringLiteral(" und mehr davon in der Sprache").left(int(text.size()) * 2 / 5);
    }
};

} // namespace

class FitTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clipsNothing_data();
    void clipsNothing();
};

void FitTest::clipsNothing_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("isLonger");
    QTest::addColumn<bool>("isTwelveHour");
    QTest::newRow("1024x640") << QSize(1024, 640) << false << false;
    QTest::newRow("1280x800") << QSize(1280, 800) << false << false;
    QTest::newRow("1600x1000") << QSize(1600, 1000) << false << false;
    QTest::newRow("3840x2160") << QSize(3840, 2160) << false << false;
    QTest::newRow("1024x640, longer") << QSize(1024, 640) << true << false;
    QTest::newRow("1280x800, longer") << QSize(1280, 800) << true << false;
    QTest::newRow("1600x1000, longer") << QSize(1600, 1000) << true << false;
    QTest::newRow("1024x640, 12 hours") << QSize(1024, 640) << false << true;
    QTest::newRow("1280x800, 12 hours, longer") << QSize(1280, 800) << true << true;
}

void FitTest::clipsNothing()
{
    QFETCH(QSize, size);
    QFETCH(bool, isLonger);
    QFETCH(bool, isTwelveHour);
    const auto restore = qScopeGuard([] { setRegion({}); });
    setRegion({isTwelveHour, isTwelveHour, Qt::Monday});
    LongerTexts words;
    if (isLonger)
        QCoreApplication::installTranslator(&words);
    EngineFixture fixture;
    const auto yard =
        fixture.addCamera(QStringLiteral("The camera above the door of the yard behind the house"));
    MainWindow window(fixture.services(), fixture.client);
    QCOMPARE(window.windowTitle() != QStringLiteral("Gatehouse"), isLonger);
    window.resize(size);
    window.show();
    QTRY_COMPARE_WITH_TIMEOUT(window.review().cameras().rowCount(), 1, kFitPatience);
    QCOMPARE(window.size(), size); // nothing requires more room than there is
    QCOMPARE(clipped(window), QString());
    fixture.add(yard, Kind::Clip, fixture.clock.now() - 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(window.review().cameras().reporting() == 1, kFitPatience);
    QTest::qWait(50);
    QCOMPARE(window.size(), size);
    QCOMPARE(clipped(window), QString());
    for (QAction *action : window.actions()) {
        if (action->text().startsWith(QStringLiteral("Settings")))
            action->trigger();
    }
    QTest::qWait(50);
    QCOMPARE(window.size(), size);
    QCOMPARE(clipped(window), QString());
}

GATEHOUSE_TEST(FitTest)
#include "fit_test.moc"
