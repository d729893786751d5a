// Continuations: their order, errors on the way, and contexts that go first.
#include "base/when_done.h"
#include "support/durations.h"
#include "support/registry.h"

#include <QTest>
#include <QThread>
#include <memory>
#include <thread>

using namespace gatehouse;

namespace
{

using Number = SharedPromise<Result<int>>;
using gatehouse::tests::kPatience;

Error lost()
{
    return {ErrorKind::Unavailable, QStringLiteral("lost"), {}};
}

} // namespace

class WhenDoneTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsStepsInOrder();
    void skipsLaterStepsAfterAnError();
    void skipsTheCallbackOnceTheContextIsGone();
    void droppedPromiseCancels();
    void runsOnTheThreadOfTheContext();
    void runsOnceIfTheFutureEndsMeanwhile();
    void waitsForAll();
    void convertsResultsAndCancellation();
};

void WhenDoneTest::runsStepsInOrder()
{
    QObject context;
    const Number number;
    const auto doubled = andThen(number.future(), &context, [](int n) -> Result<int> { return 2 * n; });
    const auto checked = andThen(doubled, &context, [](int n) -> QFuture<Result<void>> {
        return answered(n == 42 ? Result<void>() : Result<void>(tl::unexpected(lost())));
    });
    const auto text = andThen(checked, &context,
                              [doubled]() -> Result<QString> { return QString::number(*doubled.result()); });
    number.resolve(21);
    QTRY_VERIFY_WITH_TIMEOUT(text.isFinished(), kPatience);
    QCOMPARE(*text.result(), QStringLiteral("42"));
}

void WhenDoneTest::skipsLaterStepsAfterAnError()
{
    QObject context;
    const Number number;
    bool isCalled = false;
    const auto first = andThen(number.future(), &context, [&isCalled](int n) -> Result<int> {
        isCalled = true;
        return n;
    });
    const auto second = andThen(first, &context, [](int) -> Result<QString> { return QString(); });
    number.resolve(tl::unexpected(lost()));
    QTRY_VERIFY_WITH_TIMEOUT(second.isFinished(), kPatience);
    QCOMPARE(second.result().error().text, QStringLiteral("lost"));
    QVERIFY(!isCalled);
}

void WhenDoneTest::skipsTheCallbackOnceTheContextIsGone()
{
    auto context = std::make_unique<QObject>();
    const Number number;
    bool isCalled = false;
    const auto next = andThen(number.future(), context.get(), [&isCalled](int n) -> Result<int> {
        isCalled = true;
        return n;
    });
    number.resolve(1);
    context.reset();
    QTRY_VERIFY_WITH_TIMEOUT(next.isFinished(), kPatience);
    QVERIFY(next.isCanceled());
    QCOMPARE(next.resultCount(), 0);
    QVERIFY(!isCalled);
}

void WhenDoneTest::droppedPromiseCancels()
{
    QObject context;
    bool isCalled = false;
    QFuture<Result<int>> next;
    {
        const Number number;
        next = andThen(number.future(), &context, [&isCalled](int n) -> Result<int> {
            isCalled = true;
            return n;
        });
    }
    QTRY_VERIFY_WITH_TIMEOUT(next.isFinished(), kPatience);
    QVERIFY(next.isCanceled());
    QVERIFY(!isCalled);
}

void WhenDoneTest::runsOnTheThreadOfTheContext()
{
    QObject context;
    const Number number;
    QThread *ran = nullptr;
    whenDone(number.future(), &context, [&ran](const Result<int> &) { ran = QThread::currentThread(); });
    std::thread other([&number] { number.resolve(1); });
    other.join();
    QVERIFY(ran == nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(ran != nullptr, kPatience);
    QCOMPARE(ran, thread());
}

// Qt 6.4.2's then() runs such a continuation twice, and crashes: twice in 600,000 attempts on two cores.
void WhenDoneTest::runsOnceIfTheFutureEndsMeanwhile()
{
    constexpr int rounds = 300'000;
    std::vector<Number> numbers(rounds);
    std::atomic<int> reached = -1;
    std::atomic<int> calls = 0;
    std::thread resolver([&] {
        for (int i = 0; i < rounds; ++i) {
            while (reached.load() < i)
                ; // both at the same moment
            numbers[size_t(i)].resolve(i);
        }
    });
    for (int i = 0; i < rounds; ++i) {
        const auto future = numbers[size_t(i)].future();
        reached = i;
        for (std::atomic<int> spin = i % 97; spin > 0; --spin) {
        } // another distance each time
        whenDone(future, [&calls, i](const Result<int> &number) { calls += number == i; });
    }
    resolver.join();
    QCOMPARE(calls.load(), rounds);
}

void WhenDoneTest::waitsForAll()
{
    QObject context;
    const Number first;
    const Number second;
    QList<Result<int>> results;
    int calls = 0;
    const auto take = [&](const QList<Result<int>> &all) {
        results = all;
        ++calls;
    };
    whenAllDone(QList{first.future(), second.future()}, &context, take);
    second.resolve(2);
    QTest::qWait(10);
    QCOMPARE(calls, 0);
    first.resolve(1);
    QTRY_COMPARE_WITH_TIMEOUT(calls, 1, kPatience);
    QCOMPARE(*results.value(0), 1);
    QCOMPARE(*results.value(1), 2);
    whenAllDone(QList<QFuture<Result<int>>>(), &context, take);
    QTRY_COMPARE_WITH_TIMEOUT(calls, 2, kPatience);
    QVERIFY(results.isEmpty());
    auto dropped = std::make_unique<Number>();
    whenAllDone(QList{first.future(), dropped->future()}, &context, take);
    dropped.reset();
    QTest::qWait(10);
    QCOMPARE(calls, 2);
}

void WhenDoneTest::convertsResultsAndCancellation()
{
    const auto text = [](const Result<int> &number) { return QString::number(*number); };
    const Number number;
    const QFuture<QString> converted = gatehouse::converted(number.future(), text);
    number.resolve(7);
    QCOMPARE(converted.result(), QStringLiteral("7"));
    auto dropped = std::make_unique<Number>();
    const QFuture<QString> cancelled = gatehouse::converted(dropped->future(), text);
    dropped.reset();
    QVERIFY(cancelled.isCanceled());
}

GATEHOUSE_TEST(WhenDoneTest)
#include "when_done_test.moc"
