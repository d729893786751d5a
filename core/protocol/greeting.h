// What the engine says of itself to every client that connects, before anything else. Values: any thread.
#pragma once

#include "protocol/codec.h"

namespace gatehouse::protocol
{

struct Greeting {
    QString version; // of the program; empty: it is from before engines said so
    qint64 pid = 0;
    // What it was started with, so that whoever restarts it can do the same.
    QString bind;                 // --bind; empty: as in the settings
    std::optional<int> port = {}; // --ftp-port: the port it got, never 0; none: as in the settings
    bool isDemo = false;

    bool operator==(const Greeting &) const = default;

    static constexpr auto fields()
    {
        return std::tuple{field("version", &Greeting::version), field("pid", &Greeting::pid),
                          field("bind", &Greeting::bind), field("port", &Greeting::port).within(1, 65535),
                          field("demo", &Greeting::isDemo)};
    }
};

} // namespace gatehouse::protocol
