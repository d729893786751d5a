// A decoder process as the window holds it: started with its end of a socket pair and the memory for its
// pictures, watched for the CPU time it uses, ended at once. One thread, which must outlive the process: it
// ends with the thread that started it.
#pragma once

#include "media/playback/picture_ring.h"

#include <QStringList>
#include <sys/types.h>

namespace gatehouse::media
{

class DecoderChild
{
public:
    // Null: it cannot be started.
    static std::unique_ptr<DecoderChild> start(const QString &program, const QStringList &arguments);
    ~DecoderChild();
    DecoderChild(const DecoderChild &) = delete;
    DecoderChild &operator=(const DecoderChild &) = delete;

    [[nodiscard]] pid_t process() const { return m_process; }
    [[nodiscard]] int socket() const { return m_socket; }
    [[nodiscard]] PictureRing &ring() { return *m_ring; }
    [[nodiscard]] qint64 cpuMs() const; // used so far, by all its threads
    // Not by what it read: it could not get ready, or was told to end. Waits shortly if it is just ending.
    [[nodiscard]] bool hasEndedByOthers() const;

private:
    DecoderChild(pid_t process, int socket, std::shared_ptr<PictureRing> ring)
        : m_process(process), m_socket(socket), m_ring(std::move(ring))
    {
    }

    pid_t m_process;
    int m_socket;
    std::shared_ptr<PictureRing> m_ring; // pictures that are on show outlive the process
};

} // namespace gatehouse::media
