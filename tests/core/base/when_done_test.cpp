// Continuations: their order, errors on the way, and contexts that go first.
#include "base/when_done.h"
#include "support/registry.h"

#include <QTest>
#include <QThread>
#include <memory>
#include <thread>

using namespace gatehouse;

namespace
{

using Number = SharedPromise<Result<int>>;

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
    QTRY_VERIFY(text.isFinished());
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
    QTRY_VERIFY(second.isFinished());
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
    QTRY_VERIFY(next.isFinished());
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
    QTRY_VERIFY(next.isFinished());
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
    QTRY_VERIFY(ran != nullptr);
    QCOMPARE(ran, thread());
}

GATEHOUSE_TEST(WhenDoneTest)
#include "when_done_test.moc"
