// Reads Camera values; for the reader and operations.
#pragma once

#include "catalog/types/camera.h"
#include "db/connection.h"

namespace gatehouse::catalog
{

// Visible ones by name; with `only`, that one whether visible or not.
QVector<Camera> readCameras(db::Connection &db, CameraId only = {});

} // namespace gatehouse::catalog
