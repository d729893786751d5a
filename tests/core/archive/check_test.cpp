#include "archive/check.h"

#include "archive_fixture.h"
#include "support/registry.h"

using namespace gatehouse;
using namespace gatehouse::archive;
using namespace gatehouse::tests;

namespace
{

struct Looked {
    Result<CheckProgress> result;
    QHash<QString, Problem::Kind> problems;
};

} // namespace

class CheckTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void passesIntactFiles();
    void findsEveryKindOfProblem();
    void quickCheckComparesOnlySizes();
    void canBeStopped();
    void reportsAVanishedDiskAsOneError();

private:
    Looked look(bool quick, const std::function<bool(const CheckProgress &)> &progress = {});
    [[nodiscard]] QString pathOf(int index) const
    {
        return m_fixture->root() + QLatin1Char('/') + m_rows[index].relativePath;
    }

    std::unique_ptr<ArchiveFixture> m_fixture;
    QVector<Expected> m_rows;
};

void CheckTest::init()
{
    m_fixture = std::make_unique<ArchiveFixture>();
    m_rows.clear();
    QVERIFY(m_fixture->open());
    for (qint64 item = 1; item <= 5; ++item) {
        const QByteArray bytes(1'500'000 * (item % 2) + item, char('a' + item));
        const auto placed = m_fixture->place(placement(item, QStringLiteral("/a.jpg")), bytes);
        QVERIFY(placed);
        m_rows.append({ItemId{item}, placed->relativePath, placed->bytes, placed->sha256});
    }
}

Looked CheckTest::look(bool quick, const std::function<bool(const CheckProgress &)> &progress)
{
    Looked looked;
    Check check;
    check.root = m_fixture->root();
    check.quick = quick;
    qsizetype given = 0;
    check.next = [this, &given]() -> Result<QVector<Expected>> {
        const auto portion = m_rows.mid(given, 2);
        given += portion.size();
        return portion;
    };
    QSet<QString> paths;
    for (const Expected &row : m_rows)
        paths.insert(row.relativePath);
    check.known = [paths](const QStringList &some) -> Result<QSet<QString>> {
        return QSet<QString>(some.begin(), some.end()).intersect(paths);
    };
    check.problem = [&looked](const Problem &problem) {
        QVERIFY(!problem.text.isEmpty());
        looked.problems.insert(problem.relativePath, problem.kind);
    };
    check.progress = progress;
    looked.result = runCheck(m_fixture->files, check);
    return looked;
}

void CheckTest::passesIntactFiles()
{
    const Looked looked = look(false);
    QVERIFY(looked.result);
    QCOMPARE(looked.result->files, qint64(5));
    QCOMPARE(looked.result->bytes, qint64(4'500'015));
    QVERIFY(looked.problems.isEmpty());
}

void CheckTest::findsEveryKindOfProblem()
{
    QVERIFY(QFile::remove(pathOf(0)));
    QVERIFY(QFile::resize(pathOf(1), 1));
    QFile changed(pathOf(2));
    QVERIFY(changed.open(QIODevice::ReadWrite));
    QVERIFY(changed.seek(1'400'000));
    changed.write("!");
    changed.close();
    const QString unknown = QStringLiteral("Front Door/2026-11-21/101112-99-x.jpg");
    QVERIFY(QFile::copy(pathOf(3), m_fixture->root() + QLatin1Char('/') + unknown));
    const Looked looked = look(false);
    QCOMPARE(looked.problems.size(), 4);
    QCOMPARE(looked.result->problems, qint64(4));
    QCOMPARE(looked.problems.value(m_rows[0].relativePath), Problem::Kind::Missing);
    QCOMPARE(looked.problems.value(m_rows[1].relativePath), Problem::Kind::WrongSize);
    QCOMPARE(looked.problems.value(m_rows[2].relativePath), Problem::Kind::WrongHash);
    QCOMPARE(looked.problems.value(unknown), Problem::Kind::Unknown);
}

void CheckTest::quickCheckComparesOnlySizes()
{
    QFile changed(pathOf(2));
    QVERIFY(changed.open(QIODevice::ReadWrite));
    changed.write("!");
    changed.close();
    QVERIFY(QFile::resize(pathOf(1), 1));
    const Looked looked = look(true);
    QCOMPARE(looked.result->bytes, qint64(0));
    QCOMPARE(looked.problems.keys(), {m_rows[1].relativePath});
}

void CheckTest::canBeStopped()
{
    const Looked looked = look(false, [](const CheckProgress &progress) { return progress.files < 2; });
    QCOMPARE(looked.result.error().kind, ErrorKind::Cancelled);
}

void CheckTest::reportsAVanishedDiskAsOneError()
{
    const Looked looked = look(false, [this](const CheckProgress &progress) {
        if (progress.files == 2)
            static_cast<void>(QDir().rename(m_fixture->root(), m_fixture->root() + QStringLiteral(".away")));
        return true;
    });
    QCOMPARE(looked.result.error().kind, ErrorKind::Unavailable);
    QVERIFY(looked.problems.isEmpty());
}

GATEHOUSE_TEST(CheckTest)
#include "check_test.moc"
