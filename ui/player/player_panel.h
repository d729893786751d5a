// The player of the review screen: shows the selected item, plays on from clip to clip of one camera, and
// moves the Playhead along. What a person can do with it are its actions, which the
// transport bar shows as buttons and the help page lists. GUI thread, no I/O.
#pragma once

#include "media/playback/player_engine.h"
#include "models/event_navigator.h"
#include "models/services.h"
#include "player/player_items.h"
#include "player/sound_output.h"

#include <QPointer>
#include <QWidget>

class QAction;

namespace gatehouse::player
{

class PictureView;
class PlayerTitle;

class PlayerPanel : public QWidget
{
    Q_OBJECT

public:
    // `rates`: what the speed menu offers, slowest first.
    static const QVector<double> &rates();

    PlayerPanel(const models::Services &services, models::Playhead &playhead, models::Selection &selection,
                QWidget *parent = nullptr);
    ~PlayerPanel() override;

    [[nodiscard]] media::PlayerEngine &engine() { return m_engine; }
    [[nodiscard]] PictureView &view() { return *m_view; }
    [[nodiscard]] const PlayerTitle &title() const { return *m_title; }
    [[nodiscard]] const std::optional<catalog::Item> &item() const { return m_item; }
    [[nodiscard]] qint64 time() const; // UTC ms of the picture on show; 0: none

    // Each has a text and keys; also in actions().
    struct Actions {
        QAction *playPause, *stepBack, *stepForward, *previousEvent, *nextEvent, *back, *forward, *slower,
            *faster, *mute, *fullScreen, *leaveFullScreen, *openAnyway;
    };
    [[nodiscard]] const Actions &does() const { return m_actions; }

    [[nodiscard]] bool fillsScreen() const;

    [[nodiscard]] bool isMuted() const { return m_muted; }
    [[nodiscard]] double volume() const { return m_volume; }
    void setVolume(double volume); // 0 to 1; above 0 also ends muting
    void setMuted(bool on);
    // Empty: sound is heard. Otherwise why not, in words.
    [[nodiscard]] QString silentBecause() const;

    // Shows an item standing still, as the first thing on a screen where nobody chose anything.
    void present(CameraId camera, ItemId item, qint64 time);

Q_SIGNALS:
    void timeChanged(qint64 time);
    void soundChanged();
    void itemChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QAction *makeAction(const QString &text, const QList<QKeySequence> &keys,
                        void (PlayerPanel::*carryOut)());
    void makeActions();
    void connectEngine();
    void openItem(const catalog::Item &item, qint64 time, bool play,
                  media::Consent consent = media::Consent::Assumed);
    void showFound(const Result<FoundItem> &found, qint64 time, bool play, bool isJump);
    void showShown(CameraId camera, ItemId item, qint64 time);
    void showSought(qint64 time);
    void showCamera(CameraId camera);
    void showNothing(qint64 time, const QString &deletedFor);
    void prepareNext();
    void takeOver(qint64 token);
    void pictureShown(qint64 token, const media::PicturePtr &picture);
    void clipEnded(qint64 token, bool isDamaged);
    void clipFailed(qint64 token, const Error &error);
    void clipWithheld(qint64 token);
    void showCannot(qint64 token, const QString &icon, const QString &sentence, QAction *way);
    void openAnyway();
    void itemsAdded(const QVector<catalog::ItemChange> &items);
    void applySound();
    void togglePlay();
    void stepBack();
    void stepForward();
    void skip(qint64 milliseconds);
    void skipBack();
    void skipForward();
    void changeRate(int direction);
    void goSlower();
    void goFaster();
    void toggleMute();
    void toggleFullScreen();
    void leaveFullScreen();

    models::Services m_services;
    models::Playhead &m_playhead;
    models::Selection &m_selection;
    models::EventNavigator m_navigator;
    media::PlayerEngine m_engine;
    SoundOutput m_sound;
    PictureView *m_view;
    PlayerTitle *m_title = nullptr;
    Actions m_actions{};
    CameraId m_camera;
    QString m_cameraName;
    std::optional<catalog::Item> m_item;
    std::optional<catalog::Item> m_next; // handed to the engine, or to be opened at the end
    qint64 m_askedTime = 0;              // of m_item, when it was opened
    bool m_askedPlay = false;
    bool m_endedPlaying = false; // at the end before the next clip was known
    int m_question = 0;          // the latest wins
    int m_nextQuestion = 0;
    bool m_muted = false;
    double m_volume = 1.0;
    bool m_reporting = false; // the picture to come is a step: the playhead goes with it
    QTimer m_slowly;
    QWidget *m_screen = nullptr; // the window of the view in full screen
    QPointer<QWidget> m_focusBefore;
};

} // namespace gatehouse::player
