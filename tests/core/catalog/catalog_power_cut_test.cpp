// The power goes at every single step of what the Writer does to its files: what it had promised is
// found afterwards, what it had not promised is there as a whole or not at all.
#include "catalog/operations/add_item.h"
#include "catalog/operations/cameras.h"
#include "catalog/operations/item_removal.h"
#include "catalog_fixture.h"
#include "db/connection.h"
#include "fakes/forgetting_vfs.h"
#include "support/catalog_invariants.h"
#include "support/registry.h"
#include "support/test_data.h"

#include <QLoggingCategory>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::catalog;

namespace
{

using Survives = ForgettingVfs::Survives;

// Everything the catalog says, as one text.
QByteArray contentOf(const QString &path)
{
    const auto opened = db::Connection::open({path, true});
    if (!opened)
        return {};
    QByteArray out;
    for (const char *table : {"account", "camera", "item", "item_detail", "event", "day_count", "hour_count",
                              "view", "garbage", "deletion"}) {
        db::Statement columns =
            (*opened)->query("SELECT count(*) FROM pragma_table_info(?)", QString::fromLatin1(table));
        const int width = columns.step() ? columns.number(0) : 0;
        db::Statement row = (*opened)->query("SELECT * FROM " + std::string(table) + " ORDER BY 1, 2");
        while (row.step()) {
            out += table;
            for (int column = 0; column < width; ++column)
                out += '|' + row.blob(column).toHex();
            out += '\n';
        }
    }
    return out;
}

// An upload, its examination, a rename and a removal, always the same.
class Script
{
public:
    explicit Script(std::shared_ptr<Power> current) : power(std::move(current)), vfs(power), m_clock(kTestNow)
    {
    }

    // Returns how many steps were promised; `after` is called after each promise.
    int run(const std::function<void()> &after)
    {
        WriterOptions options;
        options.databasePath = QStringLiteral("/catalog.sqlite");
        options.defaultZone = "UTC";
        options.vfs = vfs.name();
        const auto opened = Writer::open(options, m_clock);
        if (!opened)
            return 0;
        Writer &writer = **opened;
        int promised = 0;
        const auto keep = [&](bool ok) {
            if (ok) {
                ++promised;
                after();
            }
            return ok;
        };
        const auto camera = awaited(writer.submit(AddCamera{QStringLiteral("Porch"), Account()}));
        if (!keep(camera.has_value()))
            return promised;
        QVector<ItemId> ids;
        for (int i = 0; i < 3; ++i) {
            m_clock.advance(1'000);
            const NewItem item = upload(writer, camera->account, i);
            ids.append(item.id);
            if (!keep(awaited(writer.submit(AddItem{item})).has_value()))
                return promised;
        }
        Examined found;
        found.item = ids[1];
        found.duration = 9'000;
        found.width = 640;
        found.derivatives = {{ids[1], DerivativeKind::Poster, 20'000, QStringLiteral("posters/1.jpg")}};
        if (!keep(awaited(writer.submit(SetExamined{found})).has_value()))
            return promised;
        NewItem update = upload(writer, camera->account, 7);
        update.sourcePath = QStringLiteral("/renamed.jpg");
        if (!keep(awaited(writer.submit(ReviseItem{ids[0], update})).has_value()))
            return promised;
        if (!keep(awaited(writer.submit(RemoveItems{{ids[1]}, QStringLiteral("by hand")})).has_value()))
            return promised;
        keep(awaited(writer.submit(ForgetGarbage{{ids[1]}})).has_value());
        return promised;
    }

    std::shared_ptr<Power> power;
    ForgettingVfs vfs;

private:
    static NewItem upload(Writer &writer, AccountId account, int number)
    {
        NewItem item;
        item.id = writer.ids().next();
        item.account = account;
        item.kind = number == 1 ? Kind::Clip : Kind::Still;
        item.trigger = Trigger::Motion;
        item.hint.utc = kTestNow + number * 200'000;
        item.hint.source = TimeSource::Name;
        item.received = item.hint.utc + 1'000;
        item.bytes = 10 + number;
        item.sha256 = QByteArray(32, char('a' + number));
        item.archive = QStringLiteral("disk");
        item.relativePath = QStringLiteral("%1.bin").arg(number);
        item.sourcePath = QStringLiteral("/up/%1.bin").arg(number);
        return item;
    }

    SetClock m_clock;
};

// Memory where there is some: a thousand databases are made.
QString scratch()
{
    const QString memory = QStringLiteral("/dev/shm");
    return (QFileInfo(memory).isWritable() ? memory : QDir::tempPath()) + QStringLiteral("/gatehouse-XXXXXX");
}

// The catalog as a machine started anew finds it, opened once more; empty: it cannot be used.
QByteArray contentAfter(const ForgettingVfs &vfs, Survives survives, quint32 seed, QStringList *wrong)
{
    const QTemporaryDir folder(scratch());
    const QString path = folder.filePath(QStringLiteral("catalog.sqlite"));
    if (!vfs.saveTo(folder.path(), survives, seed))
        return {};
    const SetClock clock(kTestNow);
    WriterOptions options;
    options.databasePath = path;
    if (const auto opened = Writer::open(options, clock); !opened) {
        wrong->append(opened.error().where);
        return {};
    }
    wrong->append(brokenInvariants(path));
    return contentOf(path);
}

} // namespace

class CatalogPowerCutTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QLoggingCategory::setFilterRules(QStringLiteral("gatehouse.db.warning=false")); // of each cut
        // What is there after each promise, when nothing goes wrong.
        Script script(std::make_shared<Power>());
        QStringList wrong;
        const auto note = [&] { m_states.append(contentAfter(script.vfs, Survives::Everything, 0, &wrong)); };
        note();
        script.run(note);
        QCOMPARE(wrong, QStringList());
        QCOMPARE(m_states.size(), 9);
        m_states.append(m_states.last()); // nothing is under way after the last promise
        m_steps = script.power->steps();
        QVERIFY(m_steps > 50);
    }

    void keepsEveryPromiseAfterAPowerCut()
    {
        for (qint64 cut = 0; cut <= m_steps; ++cut) {
            Script script(std::make_shared<Power>());
            script.power->cutAfter(cut);
            const int promised = script.run([] {});
            QVector<std::pair<Survives, quint32>> ends{{Survives::OnlySynced, 0}};
            if (isLongRun())
                ends += {{Survives::Everything, 0},
                         {Survives::AnyMixture, quint32(cut + 1'000'000)},
                         {Survives::AnyMixture, quint32(cut + 2'000'000)}};
            else if (cut % 3 == 0)
                ends.append({Survives::AnyMixture, quint32(cut)});
            for (const auto &[survives, seed] : ends) {
                QStringList wrong;
                const QByteArray found = contentAfter(script.vfs, survives, seed, &wrong);
                const QString where = QStringLiteral("cut after step %1 of %2, %3 promised, survivors %4")
                                          .arg(cut)
                                          .arg(m_steps)
                                          .arg(promised)
                                          .arg(int(survives));
                QVERIFY2(wrong.isEmpty(), qPrintable(where + wrong.join(QLatin1Char('\n'))));
                QVERIFY2(found == m_states[promised] || found == m_states[promised + 1],
                         qPrintable(where + QLatin1Char('\n') + QString::fromLatin1(found)));
            }
        }
    }

    void detectsAMissingSync()
    {
        Script script(std::make_shared<Power>());
        bool lying = false;
        script.run([&] {
            if (!lying)
                script.vfs.forgetSyncs();
            lying = true;
        });
        QStringList wrong;
        QVERIFY(contentAfter(script.vfs, Survives::OnlySynced, 0, &wrong) != m_states.last());
    }

    void cleanupTestCase() { QLoggingCategory::setFilterRules({}); }

private:
    QVector<QByteArray> m_states;
    qint64 m_steps = 0;
};

GATEHOUSE_TEST(CatalogPowerCutTest)
#include "catalog_power_cut_test.moc"
