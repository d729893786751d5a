// Items whose rows are removed, and a collector that deletes what they leave, one round at a time. Test
// thread.
#pragma once

#include "ingest_fixture.h"

#include <QSignalSpy>

namespace gatehouse::tests
{

template<typename Collector>
class CollectorFixture : public IngestFixture
{
public:
    // Each with bytes of its own.
    QVector<ItemId> fill(int count)
    {
        QVector<std::pair<QString, QByteArray>> uploads;
        for (int i = 0; i < count; ++i)
            uploads.append({QStringLiteral("/MDAlarm_20260612-095900_%1.jpg").arg(i), QByteArray::number(i)});
        return add(uploads);
    }
    [[nodiscard]] bool remove(const QVector<ItemId> &items)
    {
        return writer->submit(catalog::RemoveItems{items, QStringLiteral("Older than a day")})
            .result()
            .has_value();
    }
    // Until a round has ended.
    [[nodiscard]] bool collect()
    {
        QSignalSpy rounds(collector.get(), &Collector::collected);
        collector->collect();
        return QTest::qWaitFor([&] { return rounds.size() == 1; }, 30'000);
    }

    std::unique_ptr<Collector> collector;
};

} // namespace gatehouse::tests
