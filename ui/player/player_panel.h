// The player of the review screen: the picture, its title, and the message in place of a picture, as
// signalled by its PlayerController. User actions are QActions, which the transport bar shows as buttons and
// the help page lists. GUI thread, no I/O.
#pragma once

#include "player/player_controller.h"

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
    PlayerPanel(const models::Services &services, models::Playhead &playhead, models::Selection &selection,
                QWidget *parent = nullptr);
    ~PlayerPanel() override;

    [[nodiscard]] PlayerController &controller() { return m_controller; }
    [[nodiscard]] PictureView &view() { return *m_view; }
    [[nodiscard]] const PlayerTitle &title() const { return *m_title; }

    // Each has a text and shortcuts; also in actions().
    struct Actions {
        QAction *playPause, *stepBack, *stepForward, *previousEvent, *nextEvent, *back, *forward, *slower,
            *faster, *mute, *quality, *fullScreen, *leaveFullScreen, *openAnyway;
    };
    [[nodiscard]] const Actions &does() const { return m_actions; }

    [[nodiscard]] bool fillsScreen() const;
    // Says that there is no event that way, and offers the one the other way.
    void sayNothingThere(bool forwards, bool hasOther);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    template<typename Object>
    QAction *makeAction(const QString &text, const QList<QKeySequence> &keys, Object *object,
                        void (Object::*carryOut)());
    void makeActions();
    void connectController();
    void showPicture(const media::PicturePtr &picture);
    void showName();
    void showEnd(bool isDamaged, bool isNextKnown);
    void showNothing(qint64 time, const QString &deletedFor);
    void showCannot(const QString &icon, const QString &sentence, QAction *way);
    void toggleMute();
    void toggleFullScreen();
    void leaveFullScreen();

    PlayerController m_controller;
    PictureView *m_view;
    PlayerTitle *m_title = nullptr;
    Actions m_actions{};
    QWidget *m_screen = nullptr; // the view's window in full screen
    QPointer<QWidget> m_focusBefore;
    QPointer<QWidget> m_clicked; // a button that has the focus from a click
};

} // namespace gatehouse::player
