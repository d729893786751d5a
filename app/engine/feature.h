// One thing the engine does, and the list of them. Features start in the order of the list, so that each may
// use those before it, and stop in reverse. Engine's main thread.
#pragma once

#include "base/result.h"

#include <QtGlobal>
#include <memory>
#include <vector>

namespace gatehouse::settings
{
struct Settings;
}

namespace gatehouse::app
{

class Feature
{
public:
    Feature() = default;
    Q_DISABLE_COPY_MOVE(Feature)
    virtual ~Feature() = default;

    // Once; may block. The text of an error says what to do.
    virtual Result<void> start() = 0;
    // Ends all work under way and waits for it, also where start() failed half-way. Objects that still
    // receive answers from an earlier feature stay until this one is destroyed, which is after all have
    // stopped.
    virtual void stop() = 0;

    // New settings come in two steps. First, before they are saved: try everything that may fail. Where a
    // feature refuses or they cannot be saved, the previous ones are prepared again.
    virtual Result<void> prepare(const settings::Settings &) { return {}; }
    // Then, once they are saved: take over the rest, which cannot fail.
    virtual void apply(const settings::Settings &) {}
};

class FeatureList
{
public:
    FeatureList() = default;
    Q_DISABLE_COPY_MOVE(FeatureList)
    ~FeatureList(); // stops, then destroys from the last to the first

    template<typename F, typename... Arguments>
    F &add(Arguments &&...arguments)
    {
        auto feature = std::make_unique<F>(std::forward<Arguments>(arguments)...);
        F &added = *feature;
        m_features.push_back(std::move(feature));
        return added;
    }

    // The first error ends it, and stops what was started.
    Result<void> start();
    void stop();
    // The first error ends it.
    Result<void> prepare(const settings::Settings &settings);
    void apply(const settings::Settings &settings);

private:
    std::vector<std::unique_ptr<Feature>> m_features;
    std::size_t m_started = 0; // of them, from the first
};

} // namespace gatehouse::app
