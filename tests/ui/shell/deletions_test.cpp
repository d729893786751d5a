// The list of what was deleted: empty it is a few words, long it comes page by page as one scrolls.
#include "catalog/operations/item_removal.h"
#include "fakes/engine_fixture.h"
#include "shell/deletions_dialog.h"
#include "support/registry.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QLabel>
#include <QScrollBar>
#include <QTableView>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::shell;
using namespace gatehouse::widgets;
using gatehouse::tests::EngineFixture;

namespace
{

constexpr int kDeletionsPatience = 15'000;

bool saysIn(const QWidget &where, const QString &words)
{
    const auto labels = where.findChildren<QLabel *>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
        return label->isVisible() && label->text().startsWith(words);
    });
}

} // namespace

class DeletionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::darkTheme()); }
    void showsAShortTextIfNothingWasDeleted();
    void loadsLongListsInPages();
    void showsEveryColumnInASmallWindow();
};

void DeletionsTest::showsAShortTextIfNothingWasDeleted()
{
    EngineFixture fixture;
    DeletionsDialog dialog(fixture.reader, nullptr);
    dialog.show();
    QTRY_VERIFY_WITH_TIMEOUT(saysIn(dialog, QStringLiteral("Nothing has been deleted yet.")),
                             kDeletionsPatience);
    QVERIFY(!dialog.findChild<QTableView *>()->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(dialog.height() < 200, kDeletionsPatience);
}

void DeletionsTest::loadsLongListsInPages()
{
    EngineFixture fixture;
    const catalog::Camera yard = fixture.addCamera(QStringLiteral("Yard"));
    QVector<ItemId> items;
    for (int i = 0; i < 450; ++i)
        items.append(fixture.add(yard, Kind::Clip, 1'780'000'000'000 + i * 60'000));
    QVERIFY(tests::resultOf(
        fixture.writer->submit(catalog::RemoveItems{items, QStringLiteral("Older than 60 days")})));
    DeletionsDialog dialog(fixture.reader, nullptr);
    dialog.show();
    auto *table = dialog.findChild<QTableView *>();
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 200, kDeletionsPatience);
    QCOMPARE(table->model()->index(0, DeletionModel::Reason).data().toString(),
             QStringLiteral("Older than 60 days"));
    QCOMPARE(table->model()->index(0, DeletionModel::Camera).data().toString(), QStringLiteral("Yard"));
    for (const int rows : {400, 450}) {
        table->verticalScrollBar()->setValue(table->verticalScrollBar()->maximum());
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), rows, kDeletionsPatience);
    }
}

void DeletionsTest::showsEveryColumnInASmallWindow()
{
    EngineFixture fixture;
    const catalog::Camera yard = fixture.addCamera(QStringLiteral("Yard"));
    const ItemId clip = fixture.add(yard, Kind::Clip, 1'780'000'000'000);
    QVERIFY(tests::resultOf(
        fixture.writer->submit(catalog::RemoveItems{{clip}, QStringLiteral("Older than 60 days")})));
    QWidget window;
    window.resize(800, 500);
    DeletionsDialog dialog(fixture.reader, &window);
    dialog.show();
    auto *table = dialog.findChild<QTableView *>();
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, kDeletionsPatience);
    QVERIFY(dialog.width() <= 800 && dialog.height() <= 500);
    QVERIFY(dialog.rect().contains(QRect(table->mapTo(&dialog, QPoint()), table->size())));
    const QRect reason = table->visualRect(table->model()->index(0, DeletionModel::Reason));
    const QModelIndex when = table->model()->index(0, DeletionModel::DeletedAt);
    QVERIFY(table->columnWidth(DeletionModel::DeletedAt) >=
            table->fontMetrics().horizontalAdvance(when.data().toString()) + 24);
    QVERIFY2(table->viewport()->rect().contains(reason) && reason.width() >= 110,
             qPrintable(QStringLiteral("%1 px from %2, of %3")
                            .arg(QString::number(reason.width()), QString::number(reason.left()),
                                 QString::number(table->viewport()->width()))));
}

GATEHOUSE_TEST(DeletionsTest)
#include "deletions_test.moc"
