// What decodes for one player: a thread of this process, or one that speaks with a process of its own.
// Made and destroyed on the player's thread; `delivered` is emitted on the decoder's.
#pragma once

#include "media/playback/decoder_mailbox.h"

#include <QThread>

namespace gatehouse::media
{

class Decoder : public QThread
{
    Q_OBJECT

public:
    static constexpr double kKeysOnlyAbove = 8.0; // faster than this only pictures that decode alone

    using QThread::QThread;

    DecoderMailbox &mailbox() { return m_mailbox; }

Q_SIGNALS:
    void delivered();

protected:
    void end()
    {
        m_mailbox.quit();
        wait();
    }

    DecoderMailbox m_mailbox;
};

} // namespace gatehouse::media
