#include "demo/demo_house.h"

#include "base/when_done.h"
#include "demo/clip_maker.h"

#include <QThreadPool>
#include <QTimer>

namespace gatehouse::demo
{

// A named type, because queued calls carry it between threads.
struct DrawnFile {
    QString path;
    QByteArray content;
};

struct Drawn {
    QVector<DrawnFile> files;
    QString error; // why a file is missing; the rest of the house continues
};

namespace
{
constexpr int kWidth = 640;
constexpr int kHeight = 360;
constexpr int kFramesPerSecond = 8;
constexpr int kWaitingFiles = 6; // drawn but not yet sent; drawing pauses at this number
constexpr int kLivePoll = 500;

// On the background thread.
Drawn drawn(Scene &scene, const DemoCamera &camera, const Happening &happening)
{
    Drawn out;
    const auto keep = [&out](const QString &path, const Result<QByteArray> &content) {
        if (content)
            out.files.append({path, *content});
        else
            out.error = content.error().text;
    };
    ClipPlan plan;
    plan.container = camera.container;
    plan.motionJpeg = camera.motionJpeg;
    plan.fps = kFramesPerSecond;
    plan.seconds = happening.seconds;
    plan.start = happening.start;
    plan.visitor = happening.visitor;
    plan.seed = happening.seed;
    const bool scheduled = happening.trigger == Trigger::Schedule;
    const int stills = camera.stillPath.isEmpty() ? 0 : scheduled ? 1 : camera.stills;
    for (int i = 0; i < stills; ++i) {
        const double progress = scheduled ? 0 : (i + 1.0) / (stills + 1.0);
        keep(camera.stillName(happening, qint64(progress * happening.seconds * 1000)),
             makeStill(scene, plan, progress));
    }
    if (!camera.clipPath.isEmpty() && !scheduled)
        keep(camera.clipName(happening), makeClip(scene, plan));
    return out;
}
} // namespace

struct DemoHouse::Private {
    DemoHouse *q;
    QHostAddress address;
    quint16 port;
    Accounts accounts;
    const Clock &clock;
    Options options;
    QVector<DemoCamera> cameras = demoCameras();
    std::vector<std::shared_ptr<Scene>> scenes; // used only on the background thread
    QVector<FtpUploader *> uploaders;           // children of q
    QVector<bool> hasAccount;
    int accountsPending = 0;
    QVector<PlannedEvent> past; // still to draw
    int total = 0;
    int filesWaiting = 0;
    bool drawing = false;
    bool live = false;
    qint64 nextLive = 0; // elapsed ms
    Dice dice;
    QTimer liveTimer;
    QThreadPool pool; // last, so that its thread ends before the members it uses are destroyed

    Private(DemoHouse *house, const Clock &theClock) : q(house), clock(theClock)
    {
        // One low-priority thread: a demo must not slow down the reception it demonstrates.
        pool.setMaxThreadCount(1);
        pool.setThreadPriority(QThread::LowestPriority);
    }

    [[nodiscard]] QDateTime localNow() const { return QDateTime::fromMSecsSinceEpoch(clock.now()); }

    void openCameras()
    {
        hasAccount.fill(false, cameras.size());
        accountsPending = int(cameras.size());
        for (int i = 0; i < cameras.size(); ++i) {
            scenes.push_back(std::make_shared<Scene>(cameras[i].look, kWidth, kHeight));
            auto *uploader = new FtpUploader(address, port, q);
            uploaders.append(uploader);
            QObject::connect(uploader, &FtpUploader::sent, q, [this] { fileGone(); });
            QObject::connect(uploader, &FtpUploader::failed, q,
                             [this, i](const QString &, const QString &reason) {
                                 Q_EMIT q->failed(cameras[i].name, reason);
                                 fileGone();
                             });
            whenDone(accounts(cameras[i].name), q, [this, i](const Result<Credentials> &made) {
                hasAccount[i] = made.has_value();
                if (made)
                    uploaders[i]->setCredentials(*made);
                else
                    Q_EMIT q->failed(cameras[i].name, made.error().text);
                if (--accountsPending == 0)
                    goOn();
            });
        }
    }

    void fileGone()
    {
        --filesWaiting;
        goOn();
    }

    void goOn()
    {
        if (accountsPending > 0 || drawing || filesWaiting >= kWaitingFiles)
            return;
        if (!past.isEmpty()) {
            const PlannedEvent event = past.takeFirst();
            Q_EMIT q->progressed(total - int(past.size()), total);
            return draw(event);
        }
        if (!live) {
            live = true;
            Q_EMIT q->wentLive();
            nextLive = clock.elapsed() + options.liveEveryMs / 3;
            liveTimer.start(kLivePoll);
        }
    }

    void liveTick()
    {
        if (drawing || filesWaiting > 0 || clock.elapsed() < nextLive)
            return;
        nextLive = clock.elapsed() + qint64(options.liveEveryMs * roll(dice, 0.4, 1.6));
        PlannedEvent event = planNext(cameras, localNow(), dice);
        // A camera sends its clip at the end of the event.
        event.happening.start = event.happening.start.addSecs(-event.happening.seconds);
        draw(event);
    }

    void draw(const PlannedEvent &event)
    {
        if (!hasAccount[event.camera])
            return (void)QTimer::singleShot(0, q, [this] { goOn(); });
        drawing = true;
        const auto scene = scenes[std::size_t(event.camera)];
        const DemoCamera camera = cameras[event.camera];
        pool.start([this, scene, camera, event] {
            const Drawn result = drawn(*scene, camera, event.happening);
            QMetaObject::invokeMethod(q, [this, result, event] {
                drawing = false;
                if (!result.error.isEmpty())
                    Q_EMIT q->failed(cameras[event.camera].name, result.error);
                for (const DrawnFile &file : result.files) {
                    ++filesWaiting;
                    uploaders[event.camera]->send(file.path, file.content);
                }
                goOn();
            });
        });
    }
};

DemoHouse::DemoHouse(const QHostAddress &address, quint16 port, Accounts accounts, const Clock &clock,
                     QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, clock))
{
    d->address = address;
    d->port = port;
    d->accounts = std::move(accounts);
    connect(&d->liveTimer, &QTimer::timeout, this, [this] { d->liveTick(); });
}

DemoHouse::~DemoHouse()
{
    d->pool.clear();
    d->pool.waitForDone();
}

void DemoHouse::setOptions(const Options &options)
{
    d->options = options;
}

void DemoHouse::start()
{
    d->dice = Dice(d->options.seed + 1);
    d->past =
        planPast(d->cameras, d->localNow(), d->options.pastHours, d->options.pastEvents, d->options.seed);
    d->total = int(d->past.size());
    d->openCameras();
}

} // namespace gatehouse::demo
