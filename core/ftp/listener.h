// Accepts connections and hands over the bare descriptor, because sessions read it themselves (see poller.h).
// Network thread.
#pragma once

#include <QTcpServer>
#include <functional>

namespace gatehouse::ftp
{

class Listener final : public QTcpServer
{
public:
    explicit Listener(std::function<void(int descriptor)> connected) : m_connected(std::move(connected)) {}

protected:
    void incomingConnection(qintptr descriptor) override { m_connected(int(descriptor)); }

private:
    std::function<void(int)> m_connected;
};

} // namespace gatehouse::ftp
