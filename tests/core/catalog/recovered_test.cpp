#include "catalog/operations/add_item.h"
#include "catalog/operations/item_removal.h"
#include "catalog/operations/partial_uploads.h"
#include "catalog/operations/review.h"
#include "catalog/types/file_list.h"
#include "catalog_fixture.h"
#include "support/catalog_invariants.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QSignalSpy>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::catalog;

class RecoveredTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<CatalogFixture>("Europe/Berlin");
        m_account = m_fixture->addCamera(QStringLiteral("Porch")).account;
    }

    void cleanup()
    {
        QCOMPARE(brokenInvariants(m_fixture->path()), QStringList());
        m_fixture.reset();
    }

    void sameUploadReplacesARecoveredItem_data()
    {
        QTest::addColumn<bool>("restarted");
        QTest::addColumn<bool>("hasTime"); // in its name
        QTest::newRow("at once") << false << true;
        QTest::newRow("in the next run") << true << true;
        QTest::newRow("by arrival") << true << false;
    }

    void sameUploadReplacesARecoveredItem()
    {
        QFETCH(bool, restarted);
        QFETCH(bool, hasTime);
        NewItem found = recovered("a", "porch", "one.mp4");
        if (!hasTime)
            found.hint = {};
        QVERIFY(!m_fixture->add(found).duplicate);
        QCOMPARE(read(found.id).reason, found.reason);
        QVERIFY(awaited(m_fixture->writer->submit(SetProtected{found.id, true})));
        QVERIFY(awaited(m_fixture->writer->submit(SetReviewed{read(found.id).event, true})));
        if (restarted)
            m_fixture->open();

        NewItem again = upload("a", "porch", "one.mp4");
        again.received += 3'600'000;
        if (!hasTime)
            again.hint = {};
        const Added added = m_fixture->add(again);
        QVERIFY(!added.duplicate);
        QCOMPARE(added.item, again.id);
        QVERIFY(!*m_fixture->reader->item(found.id));
        QCOMPARE(m_fixture->reader->items({})->size(), 1);
        const Item now = read(again.id);
        QCOMPARE(now.sourcePath, again.sourcePath);
        QCOMPARE(now.reason, QString());
        QCOMPARE(now.received, found.received); // the bytes were here by then
        QCOMPARE(now.captured, hasTime ? again.hint.utc : found.received);
        QCOMPARE(now.arrivals, 2);
        QVERIFY(now.isProtected);
        QVERIFY((*m_fixture->reader->event(now.event))->reviewed);
        const auto garbage = *awaited(m_fixture->writer->submit(ReadGarbage{}));
        QCOMPARE(garbage.size(), 1);
        QCOMPARE(garbage[0].relativePath, found.relativePath);

        again.id = m_fixture->writer->ids().next();
        QVERIFY(m_fixture->add(again).duplicate);
    }

    void differingUploadsAreSeparateItems_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("folder");
        QTest::addColumn<QByteArray>("name");
        const auto row = [](const char *title, const char *bytes, const char *folder, const char *name) {
            QTest::newRow(title) << QByteArray(bytes) << QByteArray(folder) << QByteArray(name);
        };
        row("other bytes", "b", "porch", "one.mp4");
        row("another folder", "a", "yard", "one.mp4");
        row("another name", "a", "porch", "two.mp4");
        row("a longer name", "a", "porch", "2-one.mp4");
    }

    void differingUploadsAreSeparateItems()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, folder);
        QFETCH(QByteArray, name);
        m_fixture->add(recovered("a", "porch", "one.mp4"));
        const Added added = m_fixture->add(upload(bytes, folder, name));
        QVERIFY(!added.duplicate);
        QVERIFY(awaited(m_fixture->writer->submit(ReadGarbage{}))->isEmpty());
        QCOMPARE(m_fixture->reader->items({})->size(), 2);
    }

    // An upload into the camera's root has the very name that repair knows.
    void sameUploadInTheRootReplacesARecoveredItem()
    {
        const NewItem found = recovered("a", "porch", "one.mp4");
        m_fixture->add(found);
        NewItem again = upload("a", "porch", "one.mp4");
        again.sourcePath = found.sourcePath;
        m_fixture->add(again);
        QCOMPARE(awaited(m_fixture->writer->submit(ReadGarbage{}))->size(), 1);
        QCOMPARE(m_fixture->reader->items({})->size(), 1);
    }

    void doesNotRecoverAnItemTwice_data()
    {
        QTest::addColumn<bool>("first");
        QTest::newRow("the other try is recovered too") << true;
        QTest::newRow("the other try was answered") << false;
    }

    void doesNotRecoverAnItemTwice()
    {
        QFETCH(bool, first);
        const NewItem other = first ? recovered("a", "porch", "one.mp4") : upload("a", "porch", "one.mp4");
        m_fixture->add(other);
        const NewItem again = recovered("a", "porch", "one.mp4");
        const Added added = m_fixture->add(again);
        QVERIFY(added.duplicate);
        QCOMPARE(added.item, other.id);
        QCOMPARE(read(other.id).arrivals, 1); // nobody sent it just now
        QCOMPARE(m_fixture->reader->items({})->size(), 1);
    }

    // Its camera had no answer, and tried again after the next start.
    void doesNotDuplicateAFileSentAgainBeforeRecovery()
    {
        NewItem found = recovered("a", "porch", "one.mp4");
        found.hint = {};
        NewItem other = recovered("a", "porch", "other.mp4");
        m_fixture->clock.advance(26 * 3'600'000);
        m_fixture->open();
        NewItem again = upload("a", "porch", "one.mp4");
        again.hint = {};
        again.received += 26 * 3'600'000;
        m_fixture->add(again);
        const Added added = m_fixture->add(found);
        QVERIFY(added.duplicate);
        QCOMPARE(added.item, again.id);
        QCOMPARE(read(again.id).received, found.received);
        QCOMPARE(read(again.id).captured, found.received);
        QVERIFY(!m_fixture->add(other).duplicate);
        QCOMPARE(m_fixture->reader->items({})->size(), 2);
    }

    void recoveringTheSameBytesKeepsAnItemIncomplete()
    {
        NewItem cut = upload("a", "porch", "one.mp4");
        cut.state = ItemState::Incomplete;
        m_fixture->add(cut);
        QVERIFY(m_fixture->add(recovered("a", "porch", "one.mp4")).duplicate);
        QCOMPARE(read(cut.id).state, ItemState::Incomplete);
    }

    // Half of an upload, in its place when the power went: nobody knows that it is half of one.
    void reportsARecoveredPartialUpload_data()
    {
        QTest::addColumn<bool>("before");
        QTest::newRow("the whole comes later") << false;
        QTest::newRow("the whole is there") << true;
    }

    void reportsARecoveredPartialUpload()
    {
        QFETCH(bool, before);
        QSignalSpy reported(&m_fixture->writer->changes(), &Changes::partialUploadsFound);
        NewItem half = recovered("be", "porch", "one.mp4");
        half.bytes = 2;
        NewItem whole = upload("begin", "porch", "one.mp4");
        whole.bytes = 5;
        NewItem other = upload("beget", "yard", "one.mp4");
        other.bytes = 5;
        if (before)
            m_fixture->add(whole);
        m_fixture->add(half);
        m_fixture->add(other);
        if (!before)
            m_fixture->add(whole);
        QTRY_COMPARE_WITH_TIMEOUT(reported.size(), 1, kPatience);
        const auto pairs = reported.first().first().value<QVector<PartialUpload>>();
        QCOMPARE(pairs.size(), 1);
        QCOMPARE(pairs[0].item, half.id);
        QCOMPARE(pairs[0].whole, whole.id);

        // A start that comes between takes it up.
        const auto left = *m_fixture->reader->partialUploads();
        QVERIFY(std::any_of(left.begin(), left.end(), [&](const PartialUpload &pair) {
            return pair.item == half.id && pair.whole == whole.id;
        }));

        // It may well play to its end.
        Examined found;
        found.item = half.id;
        QVERIFY(awaited(m_fixture->writer->submit(SetExamined{found})));
        QCOMPARE(read(half.id).reason, half.reason);
        QVERIFY(awaited(m_fixture->writer->submit(Supersede{pairs[0]})));
        QVERIFY(!*m_fixture->reader->item(half.id));
        QVERIFY(*m_fixture->reader->item(whole.id));
    }

    void keepsAProtectedPartialUpload()
    {
        NewItem half = recovered("be", "porch", "one.mp4");
        half.bytes = 2;
        m_fixture->add(half);
        NewItem whole = upload("begin", "porch", "one.mp4");
        whole.bytes = 5;
        m_fixture->add(whole);
        QVERIFY(awaited(m_fixture->writer->submit(SetProtected{half.id, true})));
        QVERIFY(awaited(m_fixture->writer->submit(Supersede{{half.id, whole.id}})));
        QVERIFY(*m_fixture->reader->item(half.id));
    }

    void findsTheSenderByFolder()
    {
        const NewItem first = upload("a", "porch Front", "one.mp4");
        m_fixture->add(first);
        NewItem second = upload("b", "porch Back", "two.mp4");
        second.cameraKey = QStringLiteral("back");
        m_fixture->add(second);
        const NewItem third = upload("c", "porch Front", "three.mp4");
        const auto list = *FileList::open(m_fixture->path());
        const auto back = *list->senderInto(QStringLiteral("porch Back"), third.id);
        QVERIFY(back);
        QCOMPARE(back->account, m_account);
        QCOMPARE(back->cameraKey, QStringLiteral("back"));
        QVERIFY(*list->senderInto(QStringLiteral("porch Front"), ItemId{1})); // by a later one too
        QVERIFY(!*list->senderInto(QStringLiteral("porch"), third.id));
        QCOMPARE((*list->fileOf(second.id))->relativePath, second.relativePath);
        QVERIFY(!*list->fileOf(third.id));
    }

private:
    NewItem upload(const QByteArray &bytes, const QByteArray &folder, const QByteArray &name)
    {
        NewItem item = m_fixture->item(m_account, Kind::Clip, kTestNow, QString::fromLatin1(bytes));
        item.bytes = 1'000;
        item.relativePath =
            QStringLiteral("%1/2026-06-12/140218-%2-%3")
                .arg(QString::fromLatin1(folder), QString::number(item.id.value), QString::fromLatin1(name));
        item.sourcePath =
            QStringLiteral("/%1/2026/").arg(QString::fromLatin1(folder)) + QString::fromLatin1(name);
        return item;
    }

    NewItem recovered(const QByteArray &bytes, const QByteArray &folder, const QByteArray &name)
    {
        NewItem item = upload(bytes, folder, name);
        item.sourcePath = QLatin1Char('/') + QString::fromLatin1(name);
        item.reason = QStringLiteral("found");
        item.live = false;
        item.recovered = true;
        return item;
    }

    Item read(ItemId id) { return m_fixture->reader->item(id)->value_or(Item()); }

    std::unique_ptr<CatalogFixture> m_fixture;
    AccountId m_account;
};

GATEHOUSE_TEST(RecoveredTest)
#include "recovered_test.moc"
