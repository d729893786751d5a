#include "app/engine/background_work.h"

#include <QThread>

namespace gatehouse::app
{

BackgroundWork::~BackgroundWork()
{
    end();
}

void BackgroundWork::start(Work work)
{
    auto *thread = QThread::create([work = std::move(work)] {
        work([] { return !QThread::currentThread()->isInterruptionRequested(); });
    });
    thread->setParent(this);
    connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    thread->start();
}

void BackgroundWork::end()
{
    const auto threads = findChildren<QThread *>();
    for (QThread *thread : threads)
        thread->requestInterruption();
    for (QThread *thread : threads)
        thread->wait();
}

} // namespace gatehouse::app
