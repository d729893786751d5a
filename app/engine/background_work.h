// Long work, each on a thread of its own, that ends before what it uses goes. Engine's main thread.
#pragma once

#include <QObject>
#include <functional>

namespace gatehouse::app
{

class BackgroundWork : public QObject
{
    Q_OBJECT

public:
    // `mayGoOn` is false once the work is to end. Any thread.
    using Work = std::function<void(const std::function<bool()> &mayGoOn)>;

    ~BackgroundWork() override; // end()

    void start(Work work);
    // Tells all of it to end, and waits for it.
    void end();
};

} // namespace gatehouse::app
