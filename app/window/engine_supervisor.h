// Sees to it that an engine runs for as long as the window does: starts one when none answers, and has
// it back within two seconds when it dies. The engine is a process of its own, so that it goes on
// receiving when the window crashes. GUI thread.
#pragma once

#include "app/options.h"
#include "control/client.h"
#include "settings/paths.h"

#include <QObject>
#include <QTimer>

namespace gatehouse::app
{

struct EngineProgram {
    QString path;
    QStringList arguments;
};
// This program, as the engine that such a window works with.
EngineProgram engineProgramFor(const Options &options);

class EngineSupervisor : public QObject
{
    Q_OBJECT

public:
    EngineSupervisor(EngineProgram program, const settings::Paths &paths, control::Client &client,
                     QObject *parent = nullptr);

    void start();
    // Ends the engine in order and starts it no more; gone() follows.
    void quitEngine();

Q_SIGNALS:
    void gone();
    // It does not come up; the text is the last it said.
    void failed(const QString &text);

private:
    void startIfNoneAnswers();

    const EngineProgram m_program;
    const QString m_log;
    control::Client &m_client;
    QTimer m_look;
    int m_starts = 0; // since it last answered
    bool m_quitting = false;
};

} // namespace gatehouse::app
