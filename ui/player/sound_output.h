// Plays a SoundQueue on the default output, which pulls from it; follows device changes. Without an output,
// nothing is created: isAvailable() is false and the player is silent. GUI thread; the device pulls on its
// own thread.
#pragma once

#include "media/playback/player_engine.h"

#include <QAudioSink>
#include <QMediaDevices>
#include <QObject>
#include <memory>

namespace gatehouse::player
{

class SoundOutput : public QObject, public media::SoundDevice
{
    Q_OBJECT

public:
    explicit SoundOutput(media::SoundQueue &queue, QObject *parent = nullptr);
    ~SoundOutput() override;

    [[nodiscard]] bool isAvailable() const { return m_sink != nullptr; }
    void setVolume(double volume); // 0 to 1, perceived loudness
    [[nodiscard]] double volume() const { return m_volume; }

    void start() override;
    void stop() override;
    [[nodiscard]] std::optional<qint64> heard() const override;

Q_SIGNALS:
    void availableChanged();

private:
    void chooseDevice();

    media::SoundQueue &m_queue;
    QMediaDevices m_devices;
    std::unique_ptr<QIODevice> m_source;
    std::unique_ptr<QAudioSink> m_sink;
    double m_volume = 1.0;
    bool m_running = false;
};

} // namespace gatehouse::player
