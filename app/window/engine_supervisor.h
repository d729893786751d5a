// Keeps an engine running while the window does: starts one if none responds, and restarts it within two
// seconds if it dies. The engine is a separate process, so that it keeps receiving if the window crashes. GUI
// thread.
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
    // Shuts the engine down cleanly and does not restart it; gone() follows.
    void quitEngine();

Q_SIGNALS:
    void gone();
    // It fails to start; the text is its last output.
    void failed(const QString &text);

private:
    void startIfNoneAnswers();

    const EngineProgram m_program;
    const QString m_log;
    control::Client &m_client;
    QTimer m_look;
    int m_starts = 0; // since it last responded
    bool m_quitting = false;
};

} // namespace gatehouse::app
