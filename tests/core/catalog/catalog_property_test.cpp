// Random days of a catalog: whatever came in whatever order, it ends like counting from scratch.
#include "catalog/operations/add_item.h"
#include "catalog/operations/cameras.h"
#include "catalog/operations/item_removal.h"
#include "catalog/operations/review.h"
#include "catalog_fixture.h"
#include "support/catalog_invariants.h"
#include "support/registry.h"
#include "support/test_data.h"

#include <QRandomGenerator>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::catalog;

namespace
{

class RandomDay
{
public:
    explicit RandomDay(quint32 seed) : fixture("Europe/Berlin"), m_random(seed)
    {
        for (const char *name : {"one", "two", "three"}) {
            const Camera camera = fixture.addCamera(QString::fromLatin1(name));
            m_cameras.append(camera);
        }
    }

    void step()
    {
        const int dice = pick(100);
        if (dice < 45 || m_items.isEmpty())
            add();
        else if (dice < 70)
            examine();
        else if (dice < 80)
            remove();
        else if (dice < 88)
            revise();
        else if (dice < 93)
            protect();
        else
            camera();
    }

    CatalogFixture fixture;

private:
    int pick(int below) { return int(m_random.bounded(below)); }
    ItemId anyItem() { return m_items[pick(int(m_items.size()))]; }
    CameraId anyCamera() { return m_cameras[pick(int(m_cameras.size()))].id; }

    // Three hours around the end of a day and of a daylight-saving time, so that things meet.
    qint64 anyTime() { return 1'793'485'000'000 + qint64(pick(3 * 3'600)) * 1'000; }
    Kind anyKind() { return Kind(std::min(pick(8) / 2, 3)); }
    Trigger anyTrigger() { return Trigger(pick(5)); }

    void add()
    {
        NewItem item = fixture.item(m_cameras[pick(3)].account, anyKind(), anyTime());
        item.trigger = anyTrigger();
        item.hint.duration = pick(3) == 0 ? pick(200) * 1'000 : 0;
        if (pick(4) == 0)
            item.hint = {}; // by arrival
        if (pick(6) == 0)
            item.state = ItemState::Incomplete;
        if (!m_sent.isEmpty() && pick(6) == 0) {
            const NewItem &earlier = m_sent[pick(int(m_sent.size()))];
            item.account = earlier.account;
            item.sourcePath = earlier.sourcePath;
            if (pick(2) == 0)
                item.sha256 = earlier.sha256; // once more
            else
                item.extends = earlier.id;
        }
        fixture.add(item);
        m_items.append(item.id);
        m_sent.append(item);
    }

    void examine()
    {
        Examined found;
        found.item = anyItem();
        found.state = ItemState(1 + pick(3));
        found.duration = pick(5) == 0 ? 0 : pick(400) * 1'000;
        found.width = pick(4) == 0 ? 0 : 640;
        found.contentTime = pick(3) == 0 ? anyTime() : 0;
        if (found.width > 0)
            found.derivatives = {{found.item, DerivativeKind::Poster, 1 + pick(9), QStringLiteral("p")}};
        allowGone(awaited(fixture.writer->submit(SetExamined{found})));
    }

    void remove()
    {
        RemoveItems request{{anyItem(), anyItem()}, QStringLiteral("a test")};
        const auto gone = awaited(fixture.writer->submit(request));
        if (!gone && gone.error().kind != ErrorKind::Denied)
            qFatal("%s", qPrintable(gone.error().where));
    }

    void revise()
    {
        NewItem update = fixture.item(m_cameras[pick(3)].account, anyKind(), anyTime());
        update.trigger = anyTrigger();
        const ItemId item = anyItem();
        auto revised = awaited(fixture.writer->submit(ReviseItem{item, update}));
        if (revised && revised->duplicate && pick(2) == 0)
            revised = awaited(fixture.writer->submit(ReviseItem{item, update, revised->item}));
        allowGone(revised.map([](const Added &) {}));
    }

    void protect() { allowGone(awaited(fixture.writer->submit(SetProtected{anyItem(), pick(2) == 0}))); }

    void camera()
    {
        switch (pick(6)) {
        case 5:
            allowGone(
                awaited(fixture.writer->submit(RemoveCamera{anyCamera(), false, QStringLiteral("a test")})));
            break;
        case 0:
            allowGone(awaited(
                fixture.writer->submit(SetCameraOffset{anyCamera(), (pick(5) - 2) * 1'800'000, true})));
            break;
        case 1:
            allowGone(awaited(fixture.writer->submit(
                SetCameraZone{anyCamera(), pick(2) ? "Europe/Berlin" : "America/St_Johns"})));
            break;
        case 2:
            allowGone(awaited(fixture.writer->submit(MergeCameras{anyCamera(), anyCamera()})));
            break;
        default:
            allowGone(awaited(fixture.writer->submit(SplitCamera{anyCamera()})));
        }
    }

    // What is asked for may have gone, or make no sense by now; anything else is a defect.
    static void allowGone(const Result<void> &result)
    {
        if (!result && result.error().kind != ErrorKind::NotFound &&
            result.error().kind != ErrorKind::Invalid)
            qFatal("%s", qPrintable(result.error().where));
    }

    QRandomGenerator m_random;
    QVector<Camera> m_cameras;
    QVector<ItemId> m_items;
    QVector<NewItem> m_sent;
};

} // namespace

class CatalogPropertyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void randomOperationsKeepInvariants()
    {
        const int days = isLongRun() ? 100 : 6;
        for (int day = 0; day < days; ++day) {
            RandomDay random(quint32(4711 + day));
            for (int i = 0; i < 300; ++i) {
                random.step();
                if (i % 20 != 0 && i != 299)
                    continue;
                const QStringList wrong = brokenInvariants(random.fixture.path());
                QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("day %1, step %2: %3")
                                                         .arg(day)
                                                         .arg(i)
                                                         .arg(wrong.join(QStringLiteral("; ")))));
            }
        }
    }
};

GATEHOUSE_TEST(CatalogPropertyTest)
#include "catalog_property_test.moc"
