// Decodes for one player: on a thread of this process, or through a thread that talks to a decoder process.
// Created and destroyed on the player's thread; emits `delivered` on the decoder's.
#pragma once

#include "media/playback/decoder_mailbox.h"

#include <QThread>

namespace gatehouse::media
{

class Decoder : public QThread
{
    Q_OBJECT

public:
    static constexpr double kKeysOnlyAbove = 8.0; // above this rate, decode only keyframes

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
