// Notifications of changes to the catalog, emitted after the commit. In the engine the Writer emits them; in
// the window the control client repeats the engine's notifications, so that both sides connect to the same
// signals. Lives on its owner's thread; signals carry values.
#pragma once

#include "catalog/types/camera.h"
#include "catalog/types/item.h"

#include <QObject>

namespace gatehouse::catalog
{

struct ItemChange {
    ItemId item;
    CameraId camera;
    EventId event;
    Kind kind = Kind::Other;
    ItemState state = ItemState::Unexamined;
    TimeRange range; // its time range; for a moved item the union of old and new

    friend bool operator==(const ItemChange &, const ItemChange &) = default;
};

// An incomplete item that may be a prefix of a later upload of the same name.
struct PartialUpload {
    ItemId item;
    ItemId whole;
    bool isOvertaken = false; // it ended after that one, possibly cleanly: it may look complete

    friend bool operator==(const PartialUpload &, const PartialUpload &) = default;
};

class Changes : public QObject
{
    Q_OBJECT

Q_SIGNALS:
    void itemsAdded(const QVector<gatehouse::catalog::ItemChange> &items);
    void itemsChanged(const QVector<gatehouse::catalog::ItemChange> &items);
    void itemsRemoved(const QVector<gatehouse::catalog::ItemChange> &items);
    void eventsChanged(const QVector<gatehouse::EventId> &events);
    void camerasChanged(const QVector<gatehouse::CameraId> &cameras);
    // Their bytes have to be compared (see Supersede). Engine only: windows do not receive it.
    void partialUploadsFound(const QVector<gatehouse::catalog::PartialUpload> &pairs);
    // Files are to be deleted (see ReadGarbage and ReadUnwantedDerivatives). Engine only, too.
    void garbageMade();
    // Operations hit damage (Corrupt); the sentence says what to do. Engine only, too.
    void damageFound(const QString &text);
    // Another catalog, or a reconnect: reread everything.
    void reset();
};

} // namespace gatehouse::catalog

Q_DECLARE_METATYPE(gatehouse::catalog::ItemChange)
