// One window per data folder: a second start shows the first one and exits. Survives kill -9 of either. GUI
// thread.
#pragma once

#include "settings/paths.h"

#include <QLocalServer>
#include <QLockFile>
#include <QObject>

namespace gatehouse::app
{

class SingleInstance : public QObject
{
    Q_OBJECT

public:
    explicit SingleInstance(const settings::Paths &paths, QObject *parent = nullptr);

    // False: another window has it, and was asked to show itself.
    bool take();

Q_SIGNALS:
    void showRequested();

private:
    QString m_socket;
    QLockFile m_lock;
    QLocalServer m_server;
};

} // namespace gatehouse::app
