// A timeline over a real catalog: what the window would give it, with a clock that the test sets.
#pragma once

#include "catalog/operations/archives.h"
#include "catalog/reader_pool.h"
#include "control/client.h"
#include "core/catalog/catalog_fixture.h"
#include "fakes/set_clock.h"
#include "models/poster_cache.h"
#include "support/durations.h"
#include "timeline/lane_view.h"
#include "timeline/timeline_panel.h"

#include <QSignalSpy>
#include <QTest>

namespace gatehouse::tests
{

class TimelineFixture
{
public:
    TimelineFixture()
    {
        (void)awaited(
            fixture.writer->submit(catalog::SetArchive{QStringLiteral("disk"), QStringLiteral("/archive")}));
    }

    ItemId add(const catalog::Camera &camera, Kind kind, qint64 captured, qint64 duration = 0,
               Subject subject = Subject::None, Trigger trigger = Trigger::Motion,
               ItemState state = ItemState::Unexamined)
    {
        catalog::NewItem item = fixture.item(camera.account, kind, captured);
        item.hint.duration = duration;
        item.subject = subject;
        item.trigger = trigger;
        item.state = state;
        return fixture.add(item).item;
    }

    // Shown at 1316 px of lanes, on the hour before the clock's time unless the test moves it.
    timeline::TimelinePanel &open(QSize size = {1532, 420})
    {
        pool = std::make_unique<catalog::ReaderPool>(fixture.path());
        services = std::make_unique<models::Services>(models::Services{
            *pool, fixture.writer->changes(), commands, fixture.folder.filePath(QStringLiteral("cache"))});
        posters = std::make_unique<models::PosterCache>(*services);
        panel = std::make_unique<timeline::TimelinePanel>(*services, *posters, playhead, selection);
        panel->axis().setClock(fixture.clock);
        panel->axis().setZone(zone);
        panel->recordings().setZone(zone);
        panel->resize(size);
        panel->show();
        playhead.follow(false);
        panel->axis().show({kTestNow - 57 * kMinuteMs, kTestNow + 8 * kMinuteMs});
        settle();
        return *panel;
    }

    // Everything asked for has arrived and is painted.
    void settle()
    {
        QTest::qWait(1);
        QTRY_VERIFY_WITH_TIMEOUT(!panel->recordings().isLoading() && !panel->recordings().cameras().isEmpty(),
                                 20'000);
        (void)panel->grab();
    }

    [[nodiscard]] double xOf(qint64 t) { return panel->axis().scale().xOf(t); }
    // The middle of a lane's blocks at a time, in the lane view.
    QPoint pointAt(int lane, qint64 t)
    {
        for (int y = 0; y < panel->lanes().height(); ++y) {
            if (panel->lanes().laneAt(y) == lane)
                return {qRound(xOf(t)), y + 15};
        }
        return {};
    }

    CatalogFixture fixture;
    QTimeZone zone = QTimeZone("UTC");
    control::Client commands{QString()}; // connected to no engine
    models::Playhead playhead;
    models::Selection selection{playhead};
    std::unique_ptr<catalog::ReaderPool> pool;
    std::unique_ptr<models::Services> services;
    std::unique_ptr<models::PosterCache> posters;
    std::unique_ptr<timeline::TimelinePanel> panel;
};

} // namespace gatehouse::tests
