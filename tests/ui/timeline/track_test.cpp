// A kind of track that the timeline has never heard of: the curve of a sensor. It is painted, hit and
// described like any other, with nothing but its own class and its registration.
#include "support/registry.h"
#include "timeline/camera_track.h"
#include "timeline/lane_canvas.h"
#include "timeline/lane_headers.h"
#include "ui/timeline/timeline_fixture.h"

#include <QApplication>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

using namespace gatehouse;
using namespace gatehouse::tests;
using namespace gatehouse::timeline;

namespace
{

constexpr QLatin1String kSensorKind("sensor");
constexpr int kSensorLane = 60;

struct Sample {
    qint64 time = 0;
    double share = 0; // of the lane's height
};

class SensorTrack final : public Track
{
public:
    SensorTrack(qint64 id, const QString &name) : Track({kSensorKind, id}), m_name(name) {}

    void add(const Sample &sample)
    {
        m_samples.append(sample);
        Q_EMIT contentChanged({sample.time, sample.time + 1});
        Q_EMIT summaryChanged();
    }

    [[nodiscard]] QString name() const override { return m_name; }
    [[nodiscard]] QString headerText(QDate) const override { return valueText(m_samples.last()); }
    [[nodiscard]] LaneHeights heights() const override { return {kSensorLane, kSensorLane}; }
    [[nodiscard]] QString textAt(const TimeScale &scale, double x) const override
    {
        const Sample *sample = nearest(scale, x);
        return sample ? QStringLiteral("Humidity: ") + valueText(*sample) : QString();
    }
    [[nodiscard]] std::optional<TrackHit> hitTest(const TimeScale &scale, QPointF at) const override
    {
        const Sample *sample = nearest(scale, at.x());
        if (!sample)
            return {};
        return TrackHit{{sample->time, sample->time + 1}};
    }
    void paint(const LaneCanvas &canvas) const override
    {
        for (const Sample &sample : m_samples) {
            const int y = canvas.device(canvas.top + canvas.height * (1 - sample.share));
            canvas.fill(canvas.deviceScale.xOf(sample.time) - 1, y - 1, 3, 3, canvas.theme.person);
        }
        canvas.painter.setPen(canvas.theme.ink2);
        canvas.painter.drawLine(0, canvas.device(canvas.top), 5, canvas.device(canvas.top));
    }

private:
    static QString valueText(const Sample &sample)
    {
        return QString::number(qRound(sample.share * 100)) + QLatin1Char('%');
    }
    [[nodiscard]] const Sample *nearest(const TimeScale &scale, double x) const
    {
        for (const Sample &sample : m_samples) {
            if (std::abs(scale.xOf(sample.time) - x) <= 3)
                return &sample;
        }
        return nullptr;
    }

    QString m_name;
    QVector<Sample> m_samples;
};

struct SensorFixture : TimelineFixture {
    SensorFixture()
    {
        yard = fixture.addCamera(QStringLiteral("Yard"));
        add(yard, Kind::Clip, kTestNow - 40 * kMinuteMs, 120'000);
        sensor->add({kSpike, 0.75});
        open();
        panel->model().setTracks(kSensorKind, {sensor});
        settle();
    }

    // Where a sample of the second lane is painted, in the lane view.
    [[nodiscard]] QPoint placeOf(const Sample &sample)
    {
        int top = 0;
        while (panel->lanes().laneAt(top) != 1)
            ++top;
        return {qRound(xOf(sample.time)), top + qRound(kSensorLane * (1 - sample.share))};
    }

    static constexpr qint64 kSpike = kTestNow - 20 * kMinuteMs;
    catalog::Camera yard;
    std::shared_ptr<SensorTrack> sensor = std::make_shared<SensorTrack>(7, QStringLiteral("Cellar"));
};

// Empty where no tooltip is asked for, so that it is asked of the widget under the point.
QString toolTipOf(QWidget &widget, QPoint at)
{
    QToolTip::hideText();
    QHelpEvent help(QEvent::ToolTip, at, widget.mapToGlobal(at));
    QApplication::sendEvent(&widget, &help);
    return QToolTip::text();
}

} // namespace

class TrackTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { widgets::applyTheme(*qApp, widgets::darkTheme()); }
    void idsDistinguishKinds();
    void paintsACustomKind();
    void hitTestsACustomKind();
    void describesACustomKind();
    void repaintsOnNewContent();
    void keepsKindsInOrder();
};

void TrackTest::idsDistinguishKinds()
{
    QHash<TrackId, int> byTrack;
    byTrack.insert(cameraTrackId(CameraId{7}), 1);
    byTrack.insert({kSensorKind, 7}, 2);
    QCOMPARE(byTrack.size(), 2);
    QCOMPARE(byTrack.value({QLatin1String("camera"), 7}), 1);
    QVERIFY(!cameraTrackId({}).isValid());
}

void TrackTest::paintsACustomKind()
{
    SensorFixture fixture;
    const QPoint at = fixture.placeOf({fixture.kSpike, 0.75});
    QCOMPARE(fixture.panel->lanes().painted().pixelColor(at), widgets::darkTheme().person);
    // The camera's lane is as it was.
    const QPoint clip = fixture.pointAt(0, kTestNow - 39 * kMinuteMs);
    QVERIFY(fixture.panel->lanes().painted().pixelColor(clip) != widgets::darkTheme().surface);
    // Its lane has the height it asks for, and ends there.
    const int top = at.y() - kSensorLane / 4;
    QCOMPARE(fixture.panel->lanes().laneAt(top), 1);
    QCOMPARE(fixture.panel->lanes().laneAt(top + kSensorLane - 1), 1);
    QCOMPARE(fixture.panel->lanes().laneAt(top + kSensorLane), -1);
}

void TrackTest::hitTestsACustomKind()
{
    SensorFixture fixture;
    LaneView &lanes = fixture.panel->lanes();
    const QPoint at = fixture.placeOf({fixture.kSpike, 0.75});
    QTest::mouseMove(&lanes, at);
    QCOMPARE(lanes.cursor().shape(), Qt::PointingHandCursor);
    QSignalSpy sought(&fixture.playhead, &models::Playhead::sought);
    QSignalSpy shown(&fixture.selection, &models::Selection::shown);
    QTest::mouseClick(&lanes, Qt::LeftButton, {}, at + QPoint(2, 0));
    QCOMPARE(sought.size(), 1);
    QCOMPARE(shown.size(), 0);
    QCOMPARE(fixture.playhead.time(), fixture.kSpike); // the sample's, not the pointer's
    QTest::mouseMove(&lanes, at + QPoint(100, 0));
    QCOMPARE(lanes.cursor().shape(), Qt::ArrowCursor);
}

void TrackTest::describesACustomKind()
{
    SensorFixture fixture;
    LaneView &lanes = fixture.panel->lanes();
    const QPoint at = fixture.placeOf({fixture.kSpike, 0.75});
    QCOMPARE(lanes.textAt(at), QStringLiteral("Humidity: 75%"));
    QCOMPARE(toolTipOf(lanes, at), QStringLiteral("Humidity: 75%"));
    QCOMPARE(lanes.accessibleDescription(), QStringLiteral("Humidity: 75%"));
    QCOMPARE(lanes.textAt(at + QPoint(100, 0)), QString());

    auto *headers = fixture.panel->findChild<LaneHeaders *>();
    const QPoint header(20, lanes.y() + at.y());
    QCOMPARE(toolTipOf(*headers, header), QStringLiteral("Cellar"));
    // A header that cannot be chosen leaves the choice as it is.
    fixture.selection.chooseCamera(fixture.yard.id);
    QTest::mouseClick(headers, Qt::LeftButton, {}, header);
    QCOMPARE(fixture.selection.camera(), fixture.yard.id);
    // The arrow keys go among the cameras.
    QTest::keyClick(fixture.panel.get(), Qt::Key_Down);
    QCOMPARE(fixture.selection.camera(), fixture.yard.id);
}

void TrackTest::repaintsOnNewContent()
{
    SensorFixture fixture;
    const Sample late{kTestNow - 10 * kMinuteMs, 0.5};
    const QPoint at = fixture.placeOf(late);
    QVERIFY(fixture.panel->lanes().painted().pixelColor(at) != widgets::darkTheme().person);
    fixture.sensor->add(late);
    (void)fixture.panel->grab();
    QCOMPARE(fixture.panel->lanes().painted().pixelColor(at), widgets::darkTheme().person);
    // A track that was taken out is not heard any more.
    fixture.panel->model().setTracks(kSensorKind, {});
    QSignalSpy changed(&fixture.panel->model(), &TimelineModel::contentChanged);
    fixture.sensor->add({late.time + 1'000, 0.5});
    QCOMPARE(changed.size(), 0);
    QCOMPARE(fixture.panel->lanes().laneAt(at.y()), -1);
}

void TrackTest::keepsKindsInOrder()
{
    SensorFixture fixture;
    fixture.fixture.addCamera(QStringLiteral("Road"));
    const auto &tracks = fixture.panel->model().tracks();
    QTRY_COMPARE_WITH_TIMEOUT(tracks.size(), 3, 20'000);
    QCOMPARE(tracks.last()->id(), (TrackId{kSensorKind, 7}));
    fixture.panel->setHiddenCameras({fixture.yard.id});
    const int last = fixture.panel->lanes().height() - 1;
    QVERIFY(fixture.panel->lanes().laneAt(0) == 0 && fixture.panel->lanes().laneAt(last) <= 1);
}

GATEHOUSE_TEST(TrackTest)
#include "track_test.moc"
