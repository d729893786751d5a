// One window per data folder: a second start shows the first one and exits, or takes its place if that one is
// of another version. Survives kill -9 of either. GUI thread.
//
// On the socket, the window that is there says "gatehouse <version>" to whoever connects; the other one
// answers "show" or "quit". Versions before this say nothing and show themselves at once.
#pragma once

#include "settings/paths.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QLockFile>
#include <QObject>

namespace gatehouse::app
{

class SingleInstance : public QObject
{
    Q_OBJECT

public:
    // version: of this program
    SingleInstance(const settings::Paths &paths, QString version, QObject *parent = nullptr);

    enum class Taken {
        Yes,
        Shown,        // no: another window has it, and was asked to show itself
        OtherVersion, // no: the other window is of otherVersion() and waits for show() or replace()
        Silent        // no: the other window is of an older version or does not respond
    };
    Taken take();
    [[nodiscard]] QString otherVersion() const { return m_otherVersion; }
    // After OtherVersion: the other window shows itself.
    void show();
    // After OtherVersion: the other window quits, and its engine goes on. False: it did not within seconds.
    bool replace();

Q_SIGNALS:
    void showRequested();
    // Another version takes this window's place.
    void quitRequested();

private:
    bool takeLock(int ms);
    void greet(QLocalSocket *other);
    void say(const QByteArray &word);

    const QString m_version;
    QString m_socket;
    QLockFile m_lock;
    QLocalServer m_server;
    QLocalSocket m_other; // the window that is there
    QString m_otherVersion;
};

} // namespace gatehouse::app
