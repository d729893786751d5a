#include "models/event_words.h"

#include "models/event_model.h"
#include "widgets/format.h"

#include <algorithm>

namespace gatehouse::models
{

namespace
{

constexpr Subject kSubjects[] = {Subject::Person, Subject::Vehicle, Subject::Face, Subject::Animal};
constexpr Trigger kTriggers[] = {Trigger::Unknown, Trigger::Motion, Trigger::Sound, Trigger::Schedule,
                                 Trigger::Manual};

QString kindOf(Subject subject, Trigger trigger)
{
    catalog::Event event;
    event.subject = subject;
    event.trigger = trigger;
    return kindText(event);
}

// Without case and accents: "café" is found by "CAFE".
QString folded(const QString &text)
{
    QString out;
    for (const QChar c : text.normalized(QString::NormalizationForm_KD)) {
        if (!c.isMark())
            out.append(c);
    }
    return out.toCaseFolded();
}

catalog::Causes causesNamed(const QString &word)
{
    catalog::Causes out = 0;
    for (const Subject subject : kSubjects) {
        if (folded(kindOf(subject, Trigger::Unknown)).contains(word))
            out |= catalog::causeOf(subject);
    }
    for (const Trigger trigger : kTriggers) {
        if (folded(kindOf(Subject::None, trigger)).contains(word))
            out |= catalog::causeOf(trigger);
    }
    return out;
}

} // namespace

QString kindText(const catalog::Event &event)
{
    switch (event.subject) {
    case Subject::Person:
        return EventModel::tr("person");
    case Subject::Vehicle:
        return EventModel::tr("vehicle");
    case Subject::Face:
        return EventModel::tr("face");
    case Subject::Animal:
        return EventModel::tr("animal");
    case Subject::None:
        break;
    }
    switch (event.trigger) {
    case Trigger::Motion:
        return EventModel::tr("motion");
    case Trigger::Sound:
        return EventModel::tr("sound");
    case Trigger::Schedule:
        return EventModel::tr("by schedule");
    case Trigger::Manual:
        return EventModel::tr("by hand");
    case Trigger::Unknown:
        break;
    }
    return EventModel::tr("recording");
}

QString spokenText(const catalog::Event &event, const QString &camera)
{
    QStringList out{widgets::dayText(event.range.start), widgets::clockText(event.range.start), camera,
                    kindText(event), widgets::countsText(event.clips, event.stills)};
    out.append(event.reviewed ? EventModel::tr("reviewed") : EventModel::tr("not reviewed"));
    if (event.isProtected)
        out.append(EventModel::tr("protected"));
    switch (event.worst) {
    case ItemState::Incomplete:
        out.append(EventModel::tr("incomplete"));
        break;
    case ItemState::Damaged:
        out.append(EventModel::tr("damaged"));
        break;
    case ItemState::TooLong:
        out.append(EventModel::tr("slow to decode"));
        break;
    case ItemState::Unexamined:
    case ItemState::Ok:
        break;
    }
    out.removeAll(QString());
    return out.join(QStringLiteral(", "));
}

void narrowByText(catalog::EventFilter &filter, const QString &text, const QVector<catalog::Camera> &cameras)
{
    const QString words = folded(text).simplified();
    if (words.isEmpty())
        return;
    for (const QString &word : words.split(QLatin1Char(' '))) {
        QVector<CameraId> named;
        for (const catalog::Camera &camera : cameras) {
            if (folded(camera.name).contains(word) &&
                (!filter.cameras || filter.cameras->contains(camera.id)))
                named.append(camera.id);
        }
        // A camera called "Person counter" comes before the kind.
        if (!named.isEmpty())
            filter.cameras = named;
        else
            filter.causes &= causesNamed(word);
    }
}

} // namespace gatehouse::models
