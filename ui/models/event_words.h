// Events in words: what kind they are, how a screen reader reads them, and which ones a typed text finds.
// Any thread.
#pragma once

#include "catalog/types/camera.h"
#include "catalog/types/event_filter.h"

#include <QString>
#include <QVector>

namespace gatehouse::models
{

// "person", "motion", …: the camera's subject, otherwise its trigger.
QString kindText(const catalog::Event &event);

// "Today, 14:02:18, Porch, person, 2 clips, not reviewed, protected": everything that the card shows.
QString spokenText(const catalog::Event &event, const QString &camera);

// Each word of `text` has to be part of a camera's name or of a kind; one that is neither finds nothing.
// Case and accents do not matter.
void narrowByText(catalog::EventFilter &filter, const QString &text, const QVector<catalog::Camera> &cameras);

} // namespace gatehouse::models
