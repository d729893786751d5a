// What happened to the catalog, emitted after the commit. In the engine the Writer emits; in the window
// the control client repeats what the engine notifies, so that both sides connect to the same signals.
// Lives on its owner's thread; signals carry values.
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
    TimeRange range; // where it stands; for a moved item the union of old and new

    friend bool operator==(const ItemChange &, const ItemChange &) = default;
};

// What is not whole and may be the beginning of what came later under its name.
struct PartialUpload {
    ItemId item;
    ItemId whole;
    bool isOvertaken = false; // it ended after that one, in order perhaps: it may look whole

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
    // Somebody has to look at their bytes (see Supersede). The engine's own: windows do not hear of
    // it.
    void partialUploadsFound(const QVector<gatehouse::catalog::PartialUpload> &pairs);
    // Files are to go (see ReadGarbage). The engine's own, too.
    void garbageMade();
    // An operation met damage (Corrupt) for the first time; the sentence says what to do. The engine's own,
    // too.
    void damageFound(const QString &text);
    // Another catalog, or a reconnect: read everything anew.
    void reset();
};

} // namespace gatehouse::catalog

Q_DECLARE_METATYPE(gatehouse::catalog::ItemChange)
