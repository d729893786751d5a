#include "settings/settings.h"

#include "settings/fields.h"

#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>
#include <algorithm>

namespace gatehouse::settings
{

namespace
{

// The object and member named by a path; at the top level, the object's name is empty.
struct Place {
    QString group;
    QString member;
};

Place placeOf(const Field &field)
{
    const QString path = field.id();
    const qsizetype dot = path.indexOf(QLatin1Char('.'));
    return dot < 0 ? Place{{}, path} : Place{path.left(dot), path.mid(dot + 1)};
}

QJsonValue valueIn(const QJsonObject &json, const Place &place)
{
    const QJsonObject group = place.group.isEmpty() ? json : json.value(place.group).toObject();
    return group.value(place.member);
}

void insert(QJsonObject &json, const Place &place, const QJsonValue &value)
{
    if (place.group.isEmpty()) {
        json.insert(place.member, value);
        return;
    }
    QJsonObject group = json.value(place.group).toObject();
    group.insert(place.member, value);
    json.insert(place.group, group);
}

Error wrong(const QString &field, const QString &text)
{
    return {ErrorKind::Invalid, text, QStringLiteral("settings"), field};
}

// Whatever can be read of it, with the defaults for the rest.
Settings readableIn(const QJsonObject &json)
{
    Settings out;
    for (const Field &field : fields()) {
        const QJsonValue value = valueIn(json, placeOf(field));
        if (!value.isUndefined())
            static_cast<void>(field.set(out, value)); // refused: stays the default
    }
    if (out.receiver.passiveLast < out.receiver.passiveFirst)
        out.receiver.passiveLast = out.receiver.passiveFirst = 0;
    return out;
}

Result<QJsonObject> readObject(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return QJsonObject();
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Denied, QStringLiteral("%1: %2").arg(path, file.errorString()));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &error);
    if (!document.isObject())
        return fail(ErrorKind::Corrupt, Field::tr("%1 can't be read: %2.").arg(path, error.errorString()));
    return document.object();
}

Result<void> write(const QString &path, const QJsonObject &json)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(json).toJson()) < 0 || !file.commit())
        return fail(ErrorKind::Unavailable, QStringLiteral("%1: %2").arg(path, file.errorString()));
    return {};
}

QString lastGoodPath(const QString &path)
{
    return path + QStringLiteral(".good");
}

// An older version accepted more: its last good file may be refused, too.
Settings lastGoodOf(const QString &path)
{
    const auto good = load(lastGoodPath(path));
    return good ? *good : readableIn(readObject(lastGoodPath(path)).value_or(QJsonObject()));
}

} // namespace

Result<Settings> Settings::fromJson(const QJsonObject &json)
{
    return Settings().with(json);
}

QJsonObject Settings::toJson() const
{
    QJsonObject out;
    for (const Field &field : fields())
        insert(out, placeOf(field), field.value(*this));
    return out;
}

QJsonObject Settings::changesSince(const Settings &before) const
{
    QJsonObject out;
    for (const Field &field : fields()) {
        if (field.value(*this) != field.value(before))
            insert(out, placeOf(field), field.value(*this));
    }
    return out;
}

Result<Settings> Settings::with(const QJsonObject &changes) const
{
    Settings out = *this;
    for (const Field &field : fields()) {
        const Place place = placeOf(field);
        const QJsonValue group = changes.value(place.group);
        if (!group.isUndefined() && !group.isNull() && !group.isObject())
            return tl::unexpected(wrong(place.group, Field::tr("Enter an object in braces")));
        const QJsonValue value = valueIn(changes, place);
        if (value.isUndefined() || value.isNull())
            continue;
        if (const auto taken = field.set(out, value); !taken)
            return tl::unexpected(taken.error());
    }
    if (out.receiver.passiveLast < out.receiver.passiveFirst) {
        return tl::unexpected(wrong(QStringLiteral("receiver.passiveLast"),
                                    Field::tr("The last port must not be lower than the first")));
    }
    return out;
}

bool needsNewListener(const Settings &before, const Settings &now)
{
    const auto all = fields();
    return std::any_of(all.begin(), all.end(), [&](const Field &field) {
        return field.needsNewListener && field.value(before) != field.value(now);
    });
}

Result<Settings> load(const QString &path)
{
    return readObject(path).and_then(Settings::fromJson).map_error([&path](Error error) {
        if (!error.field.isEmpty())
            error.text = Field::tr("%1, %2: %3.").arg(path, error.field, error.text);
        return error;
    });
}

LoadedSettings loadOrLastGood(const QString &path)
{
    const auto loaded = load(path);
    if (!loaded)
        return {lastGoodOf(path), loaded.error()};
    const QJsonObject json = readObject(path).value_or(QJsonObject());
    // If it cannot be written, startup must not fail for that.
    if (readObject(lastGoodPath(path)).value_or(QJsonObject()) != json)
        static_cast<void>(write(lastGoodPath(path), json));
    return {*loaded, {}};
}

Settings peek(const QString &path)
{
    const auto loaded = load(path);
    return loaded ? *loaded : lastGoodOf(path);
}

Result<void> save(const QString &path, const Settings &settings)
{
    QJsonObject json = readObject(path).value_or(QJsonObject());
    for (const Field &field : fields())
        insert(json, placeOf(field), field.value(settings));
    return write(path, json);
}

} // namespace gatehouse::settings
