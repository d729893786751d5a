// Keeps an engine running while the window does: starts one if none responds, and restarts it within two
// seconds if it dies, with the options that it had (address, port, demo), whoever started it. The engine is a
// separate process, so that it keeps receiving if the window crashes. GUI thread.
#pragma once

#include "app/options.h"
#include "control/client.h"
#include "settings/paths.h"

#include <QObject>
#include <QSet>
#include <QTimer>

namespace gatehouse::app
{

struct EngineProgram {
    QString path;
    Options options; // of the window, whose engine it is to be
};
// The command line of such an engine.
QStringList engineArguments(const Options &options);

class EngineSupervisor : public QObject
{
    Q_OBJECT

public:
    EngineSupervisor(EngineProgram program, const settings::Paths &paths, control::Client &client,
                     QObject *parent = nullptr);

    void start();
    // True while the connected engine is one that this window started.
    [[nodiscard]] bool isOwn() const;
    // Shuts the engine down cleanly and does not restart it; gone() follows.
    void quitEngine();
    // Shuts it down, whatever its version; the one that follows has the same options.
    void restartEngine();

Q_SIGNALS:
    void gone();
    // At each connect.
    void ownKnown(bool isOwn);
    // It fails to start; the text is its last output.
    void failed(const QString &text);

private:
    void startIfNoneAnswers();
    void takeOptions(const protocol::Greeting &engine);

    EngineProgram m_program; // with the options of the engine that was connected last
    QSet<qint64> m_started;  // process ids
    const QString m_log;
    control::Client &m_client;
    QTimer m_look;
    int m_starts = 0; // since it last responded
    bool m_quitting = false;
};

} // namespace gatehouse::app
