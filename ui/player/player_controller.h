// Plays the selection: opens it, continues from clip to clip of one camera, and moves the Playhead along. A
// view displays its signals and calls its slots; it depends on no widget. GUI thread, no I/O.
#pragma once

#include "media/playback/player_engine.h"
#include "models/event_navigator.h"
#include "models/services.h"
#include "player/low_res_copies.h"
#include "player/player_items.h"
#include "player/sound_output.h"

#include <QSet>

namespace gatehouse::player
{

class PlayerController : public QObject
{
    Q_OBJECT

public:
    // The available speeds, slowest first.
    static const QVector<double> &rates();

    // playhead and selection must outlive it.
    PlayerController(const models::Services &services, models::Playhead &playhead,
                     models::Selection &selection, QObject *parent = nullptr);
    ~PlayerController() override;

    [[nodiscard]] media::PlayerEngine &engine() { return m_engine; }
    [[nodiscard]] const std::optional<catalog::Item> &item() const { return m_item; }
    [[nodiscard]] const QString &cameraName() const { return m_cameraName; }
    [[nodiscard]] qint64 time() const; // UTC ms of the displayed frame; 0: none

    [[nodiscard]] bool isMuted() const { return m_muted; }
    [[nodiscard]] double volume() const { return m_volume; }
    void setVolume(double volume); // 0 to 1; above 0 also unmutes
    void setMuted(bool on);
    // Why there is no sound, as a sentence; empty: there is.
    [[nodiscard]] QString silentBecause() const;

    // Shows an item paused, as the first one on a screen before the user has selected anything.
    void present(CameraId camera, ItemId item, qint64 time);

    // The quality of the shown camera's clips: its low-res copies, or what it recorded. While a copy is being
    // made, the recording plays.
    [[nodiscard]] bool isLow() const;
    void setLow(bool on);
    [[nodiscard]] bool hasQualities() const; // a clip is on show
    // Of the low-res copy that is awaited; none: nothing is.
    [[nodiscard]] std::optional<int> lowResPercent() const;
    // Why HD plays although low is chosen, as a sentence; empty: it does not, or a copy is awaited.
    [[nodiscard]] QString whyNotLow() const;
    // The cameras shown in low quality, to be kept between runs.
    [[nodiscard]] const QSet<CameraId> &lowCameras() const { return m_low; }
    void setLowCameras(const QSet<CameraId> &cameras);

    // They are deleted, or about to be: the shown one is closed, and none of them follows.
    void leave(const QSet<ItemId> &items);

    void togglePlay();
    void stepBack();
    void stepForward();
    void skipBack();
    void skipForward();
    void goSlower();
    void goFaster();
    void toPreviousEvent();
    void toNextEvent();
    void toggleMute();
    void toggleLow();
    void openAnyway(); // after withheld()

Q_SIGNALS:
    void itemChanged();
    void timeChanged(qint64 time);
    void cameraRenamed(); // cameraName() of the same item
    void soundChanged();
    void qualityChanged(); // of isLow(), lowResPercent() and whyNotLow()
    void lowCamerasChanged();
    void lowResFailed(const QString &why);
    void opening();       // an item was requested: messages about the previous one are obsolete
    void openingSlowly(); // its first frame is taking a while
    void opened();        // engine().info() is known
    void pictureShown(const gatehouse::media::PicturePtr &picture);
    void nextClipStarted(qint64 gap); // ms since the end of the previous clip
    void clipEnded(bool isDamaged, bool isNextKnown);
    // There is no frame, and there will be none:
    void nothingRecorded(qint64 time, const QString &deletedFor); // deletedFor: empty if nothing was deleted
    void lookupFailed(const QString &why);
    void cannotPlay(const gatehouse::Error &error);
    void itemGone();                                 // the shown item was deleted
    void withheld();                                 // until openAnyway()
    void nothingThere(bool forwards, bool hasOther); // no event that way

private:
    void connectEngine();
    void openItem(catalog::Item item, const QString &lowResCopy, qint64 time, bool play,
                  media::Consent consent = media::Consent::Assumed);
    [[nodiscard]] bool isLow(const catalog::Item &item) const;
    media::ClipRequest requestFor(const catalog::Item &item, const QString &lowResCopy, qint64 start,
                                  media::Consent consent);
    void takeLowResCopy(ItemId item, const QString &path);
    void applyQuality();
    bool fallBack(qint64 token, const Error &error);
    void showItem(CameraId camera, ItemId item, qint64 time, bool play);
    void showFound(const Result<FoundItem> &found, qint64 time, bool play, bool isJump);
    void showSought(qint64 time);
    void showCamera(CameraId camera);
    void closeItem();
    void closeGone(const QSet<ItemId> &items);
    void prepareNext();
    void takeOver(qint64 token);
    void takePicture(qint64 token, const media::PicturePtr &picture);
    void endClip(qint64 token, bool isDamaged);
    void followName(const QVector<CameraId> &cameras);
    void itemsAdded(const QVector<catalog::ItemChange> &items);
    void applySound();
    void skip(qint64 milliseconds);
    void changeRate(int direction);

    models::Services m_services;
    models::Playhead &m_playhead;
    models::Selection &m_selection;
    models::EventNavigator m_navigator;
    LowResCopies m_lowResCopies;
    media::PlayerEngine m_engine;
    SoundOutput m_sound;
    QString m_cameraName;
    std::optional<catalog::Item> m_item;
    QSet<ItemId> m_leaving;   // about to be deleted
    QString m_lowResCopy;     // of m_item; empty: there is none
    QString m_nextLowResCopy; // of m_next
    bool m_isLowResShown = false;
    QSet<CameraId> m_low;                // shown in low quality
    std::optional<catalog::Item> m_next; // passed to the engine, or to be opened at the end
    qint64 m_askedTime = 0;              // of m_item, when it was opened
    bool m_askedPlay = false;
    bool m_endedPlaying = false; // reached the end before the next clip was known
    int m_question = 0;          // the latest wins
    int m_nextQuestion = 0;
    bool m_muted = false;
    double m_volume = 1.0;
    bool m_reporting = false; // the next frame is a step: the playhead follows it
    QTimer m_slowly;
};

} // namespace gatehouse::player
