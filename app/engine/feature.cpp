#include "app/engine/feature.h"

namespace gatehouse::app
{

FeatureList::~FeatureList()
{
    stop();
    while (!m_features.empty())
        m_features.pop_back();
}

Result<void> FeatureList::start()
{
    while (m_started < m_features.size()) {
        if (auto started = m_features[m_started++]->start(); !started) {
            stop();
            return started;
        }
    }
    return {};
}

void FeatureList::stop()
{
    while (m_started > 0)
        m_features[--m_started]->stop();
}

Result<void> FeatureList::prepare(const settings::Settings &settings)
{
    for (const auto &feature : m_features) {
        if (auto prepared = feature->prepare(settings); !prepared)
            return prepared;
    }
    return {};
}

void FeatureList::apply(const settings::Settings &settings)
{
    for (const auto &feature : m_features)
        feature->apply(settings);
}

} // namespace gatehouse::app
