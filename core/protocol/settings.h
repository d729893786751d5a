// Commands about the settings; the settings module defines their members. Values: any thread.
#pragma once

#include "protocol/codec.h"

namespace gatehouse::protocol
{

struct CurrentSettings {
    QJsonObject settings; // as settings::Settings::toJson()

    static constexpr auto fields() { return std::tuple{field("settings", &CurrentSettings::settings)}; }
};

struct GetSettings {
    static constexpr QLatin1String kName{"settings.get"};
    using Reply = CurrentSettings;
    static constexpr auto fields() { return std::tuple{}; }
};

struct SetSettings {
    QJsonObject changes; // as from settings::Settings::changesSince(): omitted members stay unchanged

    static constexpr QLatin1String kName{"settings.set"};
    using Reply = Nothing;
    static constexpr auto fields() { return std::tuple{field("changes", &SetSettings::changes)}; }
};

} // namespace gatehouse::protocol
