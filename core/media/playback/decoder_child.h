// A decoder process, seen from the window: started with one end of a socket pair and the shared memory for
// its frames, monitored for CPU time, killed without delay. One thread, which must outlive the process: the
// process dies with the thread that started it.
#pragma once

#include "media/playback/picture_ring.h"

#include <QStringList>
#include <sys/types.h>

namespace gatehouse::media
{

class DecoderChild
{
public:
    // Null: it could not be started.
    static std::unique_ptr<DecoderChild> start(const QString &program, const QStringList &arguments);
    ~DecoderChild();
    Q_DISABLE_COPY_MOVE(DecoderChild)

    [[nodiscard]] pid_t process() const { return m_process; }
    [[nodiscard]] int socket() const { return m_socket; }
    [[nodiscard]] PictureRing &ring() { return *m_ring; }
    [[nodiscard]] qint64 cpuMs() const; // used so far, by all its threads
    // Not because of what it read: it failed to start up, or was told to exit. Waits briefly if it is just
    // exiting.
    [[nodiscard]] bool hasEndedByOthers() const;

private:
    DecoderChild(pid_t process, int socket, std::shared_ptr<PictureRing> ring)
        : m_process(process), m_socket(socket), m_ring(std::move(ring))
    {
    }

    pid_t m_process;
    int m_socket;
    std::shared_ptr<PictureRing> m_ring; // displayed frames outlive the process
};

} // namespace gatehouse::media
