// A window that a test can kill: <catalog> <control socket> <event> <ms to undo>. Deletes the event as a
// person does, and stays.
#include "catalog/reader_pool.h"
#include "control/client.h"
#include "events/delete_dialog.h"
#include "events/event_actions.h"

#include <QApplication>
#include <QPushButton>
#include <QTimer>

using namespace gatehouse;

int main(int argc, char **argv)
{
    const QApplication app(argc, argv);
    const QStringList arguments = QApplication::arguments();
    catalog::ReaderPool reader(arguments.value(1));
    control::Client client(arguments.value(2));
    QWidget window;
    auto *actions = new events::EventActions({reader, client.changes(), client, {}, {}}, &window);
    actions->setUndoTime(arguments.value(4).toInt());
    window.show();
    QObject::connect(&client, &control::Client::connected, actions,
                     [&] { actions->askToDelete({EventId{arguments.value(3).toLongLong()}}); });
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &window, [&] {
        const auto *dialog = window.findChild<events::DeleteDialog *>();
        if (dialog == nullptr)
            return;
        for (auto *button : dialog->findChildren<QPushButton *>()) {
            if (button->property("role") == QStringLiteral("deleting")) {
                look.stop();
                button->click();
                return;
            }
        }
    });
    look.start(10);
    client.connectToEngine();
    return QApplication::exec();
}
