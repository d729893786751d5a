#include "catalog/operations/add_item.h"
#include "catalog/operations/cameras.h"
#include "catalog/operations/ftp_entries.h"
#include "catalog/operations/item_removal.h"
#include "catalog/operations/review.h"
#include "catalog_fixture.h"
#include "support/catalog_invariants.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QSignalSpy>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::catalog;

namespace
{

Examined examined(ItemId item, ItemState state = ItemState::Ok)
{
    Examined found;
    found.item = item;
    found.state = state;
    found.reason = state == ItemState::Ok ? QString() : QStringLiteral("no key frame");
    found.duration = 10'000;
    found.width = 640;
    return found;
}

} // namespace

class AddItemTest : public QObject
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

    void countsRepeatedUploads()
    {
        const NewItem item = still(QStringLiteral("one"));
        m_fixture->add(item);
        NewItem again = still(QStringLiteral("one"));
        const Added second = m_fixture->add(again);
        QVERIFY(second.duplicate);
        QCOMPARE(second.item, item.id);
        QCOMPARE(read(item.id).arrivals, 2);
        QVERIFY(!*m_fixture->reader->item(again.id));

        again = still(QStringLiteral("one"));
        again.sha256 = QByteArray(32, 'x'); // the same name, other bytes
        QVERIFY(!m_fixture->add(again).duplicate);
        again = still(QStringLiteral("one"));
        again.sourcePath = QStringLiteral("/other.jpg"); // the same bytes, another name
        QVERIFY(!m_fixture->add(again).duplicate);
        QCOMPARE(m_fixture->reader->items({})->size(), 3);
    }

    void treatsTheRepairedFileAsTheFirstUpload_data()
    {
        QTest::addColumn<bool>("hasTime"); // in its name
        QTest::newRow("by its name") << true;
        QTest::newRow("by arrival") << false;
    }

    // Sent again after the catalog was lost, and before the rebuild came upon it.
    void treatsTheRepairedFileAsTheFirstUpload()
    {
        QFETCH(bool, hasTime);
        const auto one = [&](qint64 received) {
            NewItem item = still(QStringLiteral("one"));
            item.received = received;
            if (!hasTime)
                item.hint = {};
            return item;
        };
        NewItem first = one(kTestNow + kMinuteMs);
        first.repaired = true;
        NewItem later = one(kTestNow + 180 * kMinuteMs);
        later.repaired = true;
        const NewItem again = one(kTestNow + 120 * kMinuteMs);
        m_fixture->add(again);
        QVERIFY(m_fixture->add(later).duplicate);
        QCOMPARE(read(again.id).received, again.received);
        QVERIFY(m_fixture->add(first).duplicate);
        const Item now = read(again.id);
        QCOMPARE(now.received, first.received);
        QCOMPARE(now.captured, hasTime ? kTestNow : first.received);
        QCOMPARE(now.arrivals, 3);
        QVERIFY(!*m_fixture->reader->item(first.id));
    }

    void sameBytesCompleteAnIncompleteItem()
    {
        NewItem cut = still(QStringLiteral("one"));
        cut.state = ItemState::Incomplete;
        cut.reason = QStringLiteral("The connection broke.");
        m_fixture->add(cut);
        QVERIFY(awaited(m_fixture->writer->submit(SetExamined{examined(cut.id)})));
        QCOMPARE(read(cut.id).state, ItemState::Incomplete); // plays, but was cut
        QCOMPARE(read(cut.id).reason, cut.reason);
        QVERIFY(m_fixture->add(still(QStringLiteral("one"))).duplicate);
        QCOMPARE(read(cut.id).state, ItemState::Unexamined);
        QVERIFY(awaited(m_fixture->writer->submit(SetExamined{examined(cut.id)})));
        QCOMPARE(read(cut.id).state, ItemState::Ok);
    }

    void longerUploadReplacesAnIncompleteOne()
    {
        NewItem cut = clip(QStringLiteral("a.mp4"), "begin");
        cut.state = ItemState::Incomplete;
        m_fixture->add(cut);
        NewItem whole = clip(QStringLiteral("a.mp4"), "begin and end");
        whole.extends = cut.id;
        QSignalSpy reported(&m_fixture->writer->changes(), &Changes::garbageMade);
        m_fixture->add(whole);
        QTRY_COMPARE_WITH_TIMEOUT(reported.size(), 1, kPatience);
        QVERIFY(!*m_fixture->reader->item(cut.id));
        const auto garbage = *awaited(m_fixture->writer->submit(ReadGarbage{}));
        QCOMPARE(garbage.size(), 1);
        QCOMPARE(garbage[0].item, cut.id);
        QCOMPARE(garbage[0].relativePath, cut.relativePath);
        QVERIFY(!garbage[0].reason.isEmpty());
    }

    void keepsAnEarlierCompleteUpload()
    {
        const NewItem first = clip(QStringLiteral("a.mp4"), "begin");
        m_fixture->add(first);
        QVERIFY(awaited(m_fixture->writer->submit(SetExamined{examined(first.id)})));
        NewItem longer = clip(QStringLiteral("a.mp4"), "begin and end");
        longer.extends = first.id;
        m_fixture->add(longer);
        QVERIFY(awaited(m_fixture->writer->submit(ReadGarbage{}))->isEmpty());
        QCOMPARE(m_fixture->reader->items({})->size(), 2);
    }

    void decidesOnAnEarlierUploadOnceExamined_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<int>("left");
        QTest::newRow("ok: both stay") << int(ItemState::Ok) << 2;
        QTest::newRow("incomplete: replaced") << int(ItemState::Incomplete) << 1;
        QTest::newRow("damaged: replaced") << int(ItemState::Damaged) << 1;
    }

    void decidesOnAnEarlierUploadOnceExamined()
    {
        QFETCH(int, state);
        QFETCH(int, left);
        const NewItem first = clip(QStringLiteral("a.mp4"), "begin");
        m_fixture->add(first);
        NewItem longer = clip(QStringLiteral("a.mp4"), "begin and end");
        longer.extends = first.id;
        m_fixture->add(longer);
        QVERIFY(awaited(m_fixture->writer->submit(ReadGarbage{}))->isEmpty());
        QVERIFY(awaited(m_fixture->writer->submit(SetExamined{examined(first.id, ItemState(state))})));
        QCOMPARE(m_fixture->reader->items({})->size(), left);
        QVERIFY(*m_fixture->reader->item(longer.id));
    }

    void doesNotReplaceProtectedItems()
    {
        NewItem cut = clip(QStringLiteral("a.mp4"), "begin");
        cut.state = ItemState::Incomplete;
        m_fixture->add(cut);
        QVERIFY(awaited(m_fixture->writer->submit(SetProtected{cut.id, true})));
        NewItem whole = clip(QStringLiteral("a.mp4"), "begin and end");
        whole.extends = cut.id;
        m_fixture->add(whole);
        QVERIFY(awaited(m_fixture->writer->submit(ReadGarbage{}))->isEmpty());
        QVERIFY(*m_fixture->reader->item(cut.id));
    }

    void takesTheTimeFromContentIfTheNameHasNone()
    {
        NewItem item = still(QStringLiteral("snap"));
        item.hint = {};
        m_fixture->add(item);
        QCOMPARE(read(item.id).timeSource, TimeSource::Arrival);
        QCOMPARE(read(item.id).captured, item.received);
        Examined found = examined(item.id);
        found.contentLocalTime = QDateTime(QDate(2026, 6, 12), QTime(9, 0), Qt::LocalTime);
        QVERIFY(awaited(m_fixture->writer->submit(SetExamined{found})));
        QCOMPARE(read(item.id).timeSource, TimeSource::Content);
        QCOMPARE(read(item.id).captured,
                 QDateTime(QDate(2026, 6, 12), QTime(7, 0), Qt::UTC).toMSecsSinceEpoch());

        NewItem reset = still(QStringLiteral("reset"));
        reset.hint = {};
        m_fixture->add(reset);
        found.item = reset.id;
        found.contentLocalTime = QDateTime(QDate(1970, 1, 1), QTime(0, 3), Qt::LocalTime);
        QVERIFY(awaited(m_fixture->writer->submit(SetExamined{found})));
        QCOMPARE(read(reset.id).captured, reset.received);
        QCOMPARE(read(reset.id).timeSource, TimeSource::StuckClock);

        NewItem named = still(QStringLiteral("named"));
        m_fixture->add(named);
        found.item = named.id;
        found.contentLocalTime = QDateTime(QDate(2026, 6, 11), QTime(9, 0), Qt::LocalTime);
        QVERIFY(awaited(m_fixture->writer->submit(SetExamined{found})));
        QCOMPARE(read(named.id).captured, named.hint.utc); // the name goes first
    }

    void takesTheKindFromContent()
    {
        const NewItem named = still(QStringLiteral("an MP4 named .jpg"));
        m_fixture->add(named);
        Examined found = examined(named.id);
        found.kind = Kind::Clip;
        QVERIFY(awaited(m_fixture->writer->submit(SetExamined{found})));
        QCOMPARE(read(named.id).kind, Kind::Clip);
        QCOMPARE(read(named.id).duration, 10'000);

        // A new name says less than the content; nothing of a still lasts.
        NewItem update = still(QStringLiteral("another name"));
        update.sha256 = named.sha256;
        QVERIFY(awaited(m_fixture->writer->submit(ReviseItem{named.id, update})));
        QCOMPARE(read(named.id).kind, Kind::Clip);
        QCOMPARE(read(named.id).duration, 10'000);

        const NewItem other = clip(QStringLiteral("a.mp4"), "a");
        m_fixture->add(other);
        found.item = other.id;
        found.kind = Kind::Still;
        found.duration = 0;
        QVERIFY(awaited(m_fixture->writer->submit(SetExamined{found})));
        QCOMPARE(read(other.id).kind, Kind::Still);
        QCOMPARE(read(other.id).duration, 0);

        // What cannot be shown keeps the kind of its name.
        found.kind = std::nullopt;
        found.width = 0;
        QVERIFY(awaited(m_fixture->writer->submit(SetExamined{found})));
        QCOMPARE(read(other.id).kind, Kind::Still);
    }

    void renameUpdatesTheMetadata()
    {
        NewItem item = clip(QStringLiteral("x.mp4_"), "x");
        item.trigger = Trigger::Unknown;
        item.hint = {};
        m_fixture->add(item);
        NewItem update = clip(QStringLiteral("x.mp4"), "x");
        update.trigger = Trigger::Motion;
        update.subject = Subject::Person;
        update.hint.utc = kTestNow - 5 * kMinuteMs;
        update.cameraKey = QStringLiteral("ABC123");
        QVERIFY(awaited(m_fixture->writer->submit(ReviseItem{item.id, update})));
        const Item now = read(item.id);
        QCOMPARE(now.sourcePath, update.sourcePath);
        QCOMPARE(now.captured, kTestNow - 5 * kMinuteMs);
        QCOMPARE(now.subject, Subject::Person);
        QCOMPARE(m_fixture->reader->cameras()->first().key, QStringLiteral("ABC123"));

        // The whole upload once more, renamed once more: nothing new.
        NewItem again = clip(QStringLiteral("x.mp4_"), "x");
        again.hint = {};
        m_fixture->add(again);
        const auto same = awaited(m_fixture->writer->submit(ReviseItem{again.id, update}));
        QVERIFY(same && same->duplicate);
        QCOMPARE(same->item, item.id);
        QCOMPARE(same->kept.relativePath, item.relativePath);
        QVERIFY(*m_fixture->reader->item(again.id)); // nobody has looked at the other file yet
        QVERIFY(awaited(m_fixture->writer->submit(ReviseItem{again.id, update, item.id})));
        QVERIFY(!*m_fixture->reader->item(again.id));
        QCOMPARE(read(item.id).arrivals, 2);
    }

    void learnsAndRevertsAClockOffset()
    {
        constexpr qint64 ahead = 60 * kMinuteMs;
        QVector<ItemId> ids;
        for (int i = 0; i < 7; ++i) {
            NewItem item = still(QString::number(i));
            item.received = kTestNow + i * 4 * kMinuteMs;
            item.hint.utc = item.received - 2'000 + ahead;
            m_fixture->add(item);
            ids.append(item.id);
        }
        const Camera camera = m_fixture->reader->cameras()->first();
        QVERIFY(camera.offsetLearned);
        QCOMPARE(camera.offset, ahead - 2'000);
        for (int i = 0; i < 7; ++i)
            QCOMPARE(read(ids[i]).captured, kTestNow + i * 4 * kMinuteMs);
        QVERIFY(awaited(m_fixture->writer->submit(SetCameraOffset{camera.id, 0, true})));
        QCOMPARE(read(ids[3]).captured, kTestNow + 12 * kMinuteMs - 2'000 + ahead);
        QVERIFY(!m_fixture->reader->cameras()->first().offsetLearned);
    }

    // A zone, not a clock that is wrong: right again after the next clock change.
    void learnsNamesInUtcAsAZone()
    {
        QVector<ItemId> ids;
        const qint64 summer = QDateTime(QDate(2026, 10, 24), QTime(12, 0), Qt::UTC).toMSecsSinceEpoch();
        const auto addAt = [&](qint64 captured) {
            NewItem item = still(QString::number(ids.size()));
            item.received = captured + 2'000;
            item.hint = {};
            item.hint.source = TimeSource::Name;
            item.hint.local = QDateTime::fromMSecsSinceEpoch(captured, Qt::UTC); // as UTC's clock shows it
            m_fixture->add(item);
            ids.append(item.id);
        };
        for (int i = 0; i < 7; ++i)
            addAt(summer + i * 4 * kMinuteMs);
        const Camera camera = m_fixture->reader->cameras()->first();
        QCOMPARE(camera.offset, 0);
        QVERIFY(!camera.offsetLearned);
        for (int i = 0; i < 7; ++i)
            QCOMPARE(read(ids[i]).captured, summer + i * 4 * kMinuteMs);
        const qint64 winter = summer + 2 * 24 * 60 * kMinuteMs;
        addAt(winter);
        QCOMPARE(read(ids.last()).captured, winter);
        // What a person sets is relative to the camera's zone again.
        QVERIFY(awaited(m_fixture->writer->submit(SetCameraOffset{camera.id, 0, true})));
        QCOMPARE(read(ids.last()).captured, winter - 60 * kMinuteMs);
        QCOMPARE(read(ids.first()).captured, summer - 120 * kMinuteMs);
    }

    void learnsNothingFromOneNameInUtc()
    {
        const qint64 noon = QDateTime(QDate(2026, 7, 15), QTime(10, 0), Qt::UTC).toMSecsSinceEpoch();
        for (int i = 0; i < 20; ++i) {
            NewItem item = still(QString::number(i));
            const qint64 captured = noon + i * 4 * kMinuteMs;
            item.received = captured + 2'000;
            item.hint = {};
            item.hint.source = TimeSource::Name;
            item.hint.local =
                QDateTime::fromMSecsSinceEpoch(captured + (i == 10 ? 0 : 120 * kMinuteMs), Qt::UTC);
            m_fixture->add(item);
            QCOMPARE(m_fixture->reader->cameras()->first().offset, 0);
            if (i != 10)
                QCOMPARE(read(item.id).captured, captured);
        }
    }

    void subtractsTheLengthFromALoneEnd()
    {
        NewItem item = clip(QStringLiteral("a.mp4"), "a");
        item.hint.utc = kTestNow - 5'000;
        item.hint.isEnd = true;
        m_fixture->add(item);
        QCOMPARE(read(item.id).captured, kTestNow - 5'000);
        QVERIFY(awaited(m_fixture->writer->submit(SetExamined{examined(item.id)})));
        QCOMPARE(read(item.id).captured, kTestNow - 15'000); // it is 10 s long
        QVERIFY(awaited(m_fixture->writer->submit(SetExamined{examined(item.id)})));
        QCOMPARE(read(item.id).captured, kTestNow - 15'000);
    }

    void keepsAKnownDay()
    {
        const QDate day(2025, 3, 1);
        const qint64 noon = QDateTime(day, QTime(11, 0), Qt::UTC).toMSecsSinceEpoch(); // in Berlin
        NewItem item = clip(QStringLiteral("a.mp4"), "a");
        item.live = false;
        item.hint = {};
        item.hint.local = QDateTime(day, QTime(0, 0), Qt::UTC);
        item.hint.source = TimeSource::Name;
        item.hint.isDay = true;
        item.received = noon + 90 * 24 * 60 * kMinuteMs; // copied later
        m_fixture->add(item);
        QCOMPARE(read(item.id).captured, noon);
        // The content's time of day is better, another day is not.
        Examined found = examined(item.id);
        found.contentTime = noon + 40 * 24 * 60 * kMinuteMs;
        QVERIFY(awaited(m_fixture->writer->submit(SetExamined{found})));
        QCOMPARE(read(item.id).captured, noon);
        found.contentTime = noon + 5 * 60 * kMinuteMs;
        QVERIFY(awaited(m_fixture->writer->submit(SetExamined{found})));
        QCOMPARE(read(item.id).captured, found.contentTime);
    }

    void longRecordingsAreNotAClockOffset()
    {
        for (int i = 0; i < 8; ++i) { // hour-long recordings, named by their start
            NewItem item = clip(QString::number(i), QByteArray::number(i).constData());
            item.hint.utc = kTestNow + i * 60 * kMinuteMs;
            item.received = item.hint.utc + 60 * kMinuteMs + 4'000;
            m_fixture->add(item);
        }
        QCOMPARE(m_fixture->reader->cameras()->first().offset, 0);
    }

    void doesNotLearnFromImports()
    {
        for (int i = 0; i < 8; ++i) {
            NewItem item = still(QString::number(i));
            item.live = false;
            item.received = kTestNow + i * 4 * kMinuteMs;
            item.hint.utc = item.received + 60 * kMinuteMs;
            m_fixture->add(item);
        }
        QCOMPARE(m_fixture->reader->cameras()->first().offset, 0);
        QVERIFY(awaited(m_fixture->writer->submit(ReadFtpEntries{m_account}))->isEmpty());
    }

    void rejectsInvalidItems()
    {
        NewItem item = still(QStringLiteral("a"));
        item.account = AccountId{999};
        QCOMPARE(awaited(m_fixture->writer->submit(AddItem{item})).error().kind, ErrorKind::NotFound);
        item = still(QStringLiteral("a"));
        item.id = {};
        QCOMPARE(awaited(m_fixture->writer->submit(AddItem{item})).error().kind, ErrorKind::Invalid);
        item = still(QStringLiteral("a"));
        m_fixture->add(item);
        item.sourcePath = QStringLiteral("/b"); // the same id again
        QCOMPARE(awaited(m_fixture->writer->submit(AddItem{item})).error().kind, ErrorKind::Invalid);
        QCOMPARE(awaited(m_fixture->writer->submit(SetExamined{examined(ItemId{5})})).error().kind,
                 ErrorKind::NotFound);
    }

    void capsAbsurdDurations()
    {
        const NewItem item = clip(QStringLiteral("a.mp4"), "a");
        m_fixture->add(item);
        Examined found = examined(item.id);
        found.duration = std::numeric_limits<qint64>::max();
        QVERIFY(awaited(m_fixture->writer->submit(SetExamined{found})));
        QCOMPARE(read(item.id).duration, 86'400'000);
    }

    void prefersTheDurationInTheNameToAnAssumedRate()
    {
        NewItem item = clip(QStringLiteral("ch7-20260904T054500-20260904T054512.264"), "a");
        item.hint.duration = 12'000;
        m_fixture->add(item);
        Examined found = examined(item.id);
        found.duration = 6'000;
        found.isDurationAssumed = true;
        QVERIFY(awaited(m_fixture->writer->submit(SetExamined{found})));
        QCOMPARE(read(item.id).duration, 12'000);
        found.isDurationAssumed = false;
        QVERIFY(awaited(m_fixture->writer->submit(SetExamined{found})));
        QCOMPARE(read(item.id).duration, 6'000);

        const NewItem unnamed = clip(QStringLiteral("a.264"), "b");
        m_fixture->add(unnamed);
        found.item = unnamed.id;
        found.isDurationAssumed = true;
        QVERIFY(awaited(m_fixture->writer->submit(SetExamined{found})));
        QCOMPARE(read(unnamed.id).duration, 6'000);
    }

private:
    NewItem still(const QString &content)
    {
        return m_fixture->item(m_account, Kind::Still, kTestNow, content);
    }
    NewItem clip(const QString &name, const char *bytes)
    {
        NewItem item = m_fixture->item(m_account, Kind::Clip, kTestNow, name);
        item.sha256 = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
        return item;
    }
    Item read(ItemId id) { return m_fixture->reader->item(id)->value_or(Item()); }

    std::unique_ptr<CatalogFixture> m_fixture;
    AccountId m_account;
};

GATEHOUSE_TEST(AddItemTest)
#include "add_item_test.moc"
